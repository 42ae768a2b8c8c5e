import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Status, type StatusKind } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import type { FormAction } from "@/lib/action";
import { isTakeable, type TextLine, type TextLineState, type TextPlan } from "@/lib/templates/rules/text-plan";
import { fieldName } from "./field-name";
import { ImportForms } from "./import-forms";

type Plan = TextPlan & { errors: number };

const kinds: Readonly<Record<TextLineState, StatusKind>> = { change: "ok", stale: "warn", gone: "off", unfit: "bad" };

/** Texts that came back beside what the templates say now, line by line; each template is picked as a whole. */
export function ImportTexts({
  importId,
  plans,
  same,
  takeAction,
  discardAction,
}: {
  importId: string;
  plans: readonly Plan[];
  /** Lines that say what is said already. */
  same: number;
  takeAction: FormAction;
  discardAction: FormAction;
}) {
  const t = useTranslations("templates.transfer.preview");
  return (
    <ImportForms {...{ importId, takeAction, discardAction }} take={plans.some(isTakeable) ? t("takeTexts") : null}>
      {plans.length === 0 ? <EmptyState title={t("noChange")} /> : null}
      <ul aria-label={t("textsList")} className="grid gap-6">
        {plans.map((plan, place) => (
          <PlanEntry key={plan.templateId} plan={plan} place={place} />
        ))}
      </ul>
      {same > 0 ? <p className="hint pt-3">{t("same", { count: same })}</p> : null}
    </ImportForms>
  );
}

function PlanEntry({ plan, place }: { plan: Plan; place: number }) {
  const t = useTranslations("templates.transfer.preview");
  const name = plan.name ?? t("unknown", { id: plan.templateId.slice(0, 8) });
  return (
    <li>
      <p className="mb-2">
        {isTakeable(plan) ? (
          <label className="choice">
            <input type="checkbox" name="rows" value={place} defaultChecked />
            <span className="font-medium">{name}</span>
          </label>
        ) : (
          <span className="font-medium">{name}</span>
        )}
      </p>
      {plan.locked ? <p className="hint warn mb-2">{t("locked")}</p> : null}
      {plan.errors > 0 ? <p className="hint warn mb-2">{t("errors", { count: plan.errors })}</p> : null}
      <Lines lines={plan.lines} caption={name} />
    </li>
  );
}

function Lines({ lines, caption }: { lines: readonly TextLine[]; caption: string }) {
  const t = useTranslations("templates.transfer.preview");
  const at = useTranslations("templates.template.at");
  return (
    <Table
      caption={caption}
      head={
        <>
          <Th>{t("column.changes")}</Th>
          <Th>{t("before")}</Th>
          <Th>{t("after")}</Th>
          <Th>{t("column.notes")}</Th>
        </>
      }
    >
      {lines.map(({ line, path, before, after, state }) => (
        <Tr key={line}>
          <Td second={t("line", { line })}>{fieldName(path, at) || path}</Td>
          <Td>{before === "" ? <Missing /> : <span className="whitespace-pre-line">{before}</span>}</Td>
          <Td>{after === "" ? <Missing /> : <span className="whitespace-pre-line">{after}</span>}</Td>
          <Td>
            <Status kind={kinds[state]}>{t(`state.${state}`)}</Status>
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
