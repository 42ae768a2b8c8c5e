import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { RetentionSettingsForm } from "@/components/retention/settings-form";
import { KeyValue } from "@/components/ui/key-value";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { getRetentionSettings } from "@/lib/retention/queries/retention-settings";
import { saveRetentionSettingsAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention.settings"))("title") };
}

export default async function RetentionSettingsPage() {
  const actor = await currentActor();
  if (!can(actor, "policy:read")) forbidden();
  const t = await getTranslations("retention");
  const settings = await getRetentionSettings(actor);
  return (
    <>
      <PageHeader
        title={t("settings.title")}
        sub={t("settings.about")}
        crumbs={[{ href: "/retention", label: t("title") }]}
      />
      {can(actor, "retention:settings") ? (
        <RetentionSettingsForm action={saveRetentionSettingsAction} settings={settings} />
      ) : (
        <>
          <KeyValue
            rows={[
              [
                t("settings.backupDays"),
                settings.backupDays === null
                  ? t("settings.unknown")
                  : t("settings.days", { count: settings.backupDays }),
              ],
              [t("settings.backupNote"), settings.backupNote || "–"],
            ]}
          />
          <p className="hint mt-3">{t("settings.readOnly")}</p>
        </>
      )}
    </>
  );
}
