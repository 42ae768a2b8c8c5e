import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Panel, PanelPart } from "@/components/ui/panel";
import type { FormAction } from "@/lib/action";

/** Who asks and what for: shown once somebody asks to see it, which is recorded first. */
export function SealedPanel({ action, requestId }: { action: FormAction; requestId: string }) {
  const t = useTranslations("privacy.requests.sealed");
  const f = useTranslations("form");
  return (
    <Panel title={t("title")} icon="eye">
      <PanelPart>
        <ActionForm action={action} summary={t("open")} working={f("working")}>
          <input type="hidden" name="requestId" value={requestId} />
          <TextArea name="shown" label={t("content")} rows={7} readOnly required={false} defaultValue={t("closed")} />
          <SubmitButton variant="default" size="sm">
            {t("open")}
          </SubmitButton>
        </ActionForm>
        <p className="hint mt-2">{t("note")}</p>
      </PanelPart>
    </Panel>
  );
}
