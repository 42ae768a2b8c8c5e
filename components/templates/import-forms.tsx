import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/action";

/** The form around a preview's list, and the ways out of it. `take`: what its button says; null where there is nothing to take. */
export function ImportForms({
  importId,
  take,
  takeAction,
  discardAction,
  children,
}: {
  importId: string;
  take: string | null;
  takeAction: FormAction;
  discardAction: FormAction;
  children: ReactNode;
}) {
  const t = useTranslations("templates.transfer.preview");
  const form = useTranslations("form");
  const hidden = <input type="hidden" name="importId" value={importId} />;
  return (
    <>
      <ActionForm action={takeAction} summary={t("title")} working={form("working")}>
        {hidden}
        {children}
        {take ? (
          <p className="mt-4">
            <SubmitButton>{take}</SubmitButton>
          </p>
        ) : null}
      </ActionForm>
      <div className="mt-2 flex flex-wrap gap-2">
        <LinkButton href="/templates/transfer">{t("again")}</LinkButton>
        <ActionForm action={discardAction} summary={t("discard")} working={form("working")}>
          {hidden}
          <SubmitButton variant="ghost">{t("discard")}</SubmitButton>
        </ActionForm>
      </div>
    </>
  );
}
