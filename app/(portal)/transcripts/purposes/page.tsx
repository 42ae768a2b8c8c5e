import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmForm } from "@/components/form/confirm-form";
import { PurposeFields, PurposeTable } from "@/components/transcripts/purpose-table";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listPurposes } from "@/lib/transcripts/queries/list-purposes";
import { addPurposeAction, editPurposeAction, retirePurposeAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("transcripts.purposes"))("title") };
}

export default async function PurposesPage() {
  const actor = await currentActor();
  const t = await getTranslations("transcripts.purposes");
  const l = await getTranslations("transcripts.lists");
  const purposes = await listPurposes(actor);
  const mayEdit = can(actor, "purpose:edit");
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        crumbs={can(actor, "transcript:search") ? [{ href: "/transcripts", label: l("title") }] : []}
        actions={
          mayEdit ? (
            <ConfirmForm
              action={addPurposeAction}
              opener={t("add")}
              openerVariant="primary"
              title={t("addTitle")}
              submit={t("save")}
              fields={{ name: t("name"), scope: t("scope"), position: t("position") }}
            >
              <PurposeFields />
            </ConfirmForm>
          ) : null
        }
      />
      {purposes.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyNote")}</EmptyState>
      ) : (
        <PurposeTable
          purposes={purposes}
          actions={mayEdit ? { edit: editPurposeAction, retire: retirePurposeAction } : null}
        />
      )}
    </>
  );
}
