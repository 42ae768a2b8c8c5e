import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ConsentForm } from "@/components/privacy/consent-form";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { getConsentForm } from "@/lib/privacy/queries/consent-forms";
import { listChannelChoices } from "@/lib/privacy/queries/privacy-channels";
import { saveConsentVersionAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.consents"))("edit") };
}

export default async function EditConsentPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await currentActor();
  // Asks the door for the right to edit before anything is shown.
  const channels = await listChannelChoices(actor, "consent-form:edit");
  const form = await getConsentForm(actor, (await params).id, new Date());
  const [newest] = form?.versions ?? [];
  if (!form || !newest) notFound();
  const t = await getTranslations("privacy.consents");
  return (
    <>
      <PageHeader
        title={t("edit")}
        sub={t("editAbout", { number: form.version + 1 })}
        crumbs={[
          { href: "/privacy/consents", label: t("title") },
          { href: `/privacy/consents/${form.id}`, label: form.name },
        ]}
      />
      {form.retiredAt ? (
        <EmptyState title={t("refused.retired")} />
      ) : (
        <ConsentForm
          action={saveConsentVersionAction}
          words={newest.words}
          of={{ id: form.id, version: form.version, kind: form.kind }}
          channels={channels}
        />
      )}
    </>
  );
}
