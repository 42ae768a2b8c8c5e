import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Panel, PanelPart } from "@/components/ui/panel";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";

/** The dealer's own copy: that it was asked to delete it, then that it confirmed. */
export function DestructionDealer({
  destructionId,
  next,
  action,
  letter,
  today,
}: {
  destructionId: string;
  /** What is still to be written down; null: both are. */
  next: "dealer-asked" | "dealer-confirmed" | null;
  /** Null: the viewer may look only. */
  action: FormAction | null;
  /** Whether there is a letter to take: the run destroyed something and the viewer may ask. */
  letter: boolean;
  today: Day;
}) {
  const t = useTranslations("retention.destructions.dealer");
  const form = useTranslations("form");
  return (
    <Panel title={t("title")}>
      <PanelPart>
        <p className="text-sm text-fg-2">{t(next ? `note.${next}` : "note.done")}</p>
        {letter ? (
          <form method="post" action={`/retention/destructions/${destructionId}/dealer-letter`} className="mt-2">
            <Button type="submit" size="sm" icon={<Icon name="download" />}>
              {t("letter")}
            </Button>
          </form>
        ) : null}
      </PanelPart>
      {next && action ? (
        <PanelPart>
          <ActionForm
            key={next}
            action={action}
            summary={t("refused")}
            working={form("working")}
            fields={{ on: t(`on.${next}`), note: t("words") }}
          >
            <input type="hidden" name="destructionId" value={destructionId} />
            <input type="hidden" name="kind" value={next} />
            <TextField name="on" type="date" label={t(`on.${next}`)} defaultValue={today} />
            <TextArea name="note" label={t("words")} optional={form("optional")} limit={500} rows={2} />
            <SubmitButton variant="default">{t(`submit.${next}`)}</SubmitButton>
          </ActionForm>
        </PanelPart>
      ) : null}
    </Panel>
  );
}
