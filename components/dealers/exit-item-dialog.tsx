import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Link } from "@/components/ui/link";
import { Timeline } from "@/components/ui/timeline";
import { dayAndTime } from "@/lib/clock";
import { type ExitState, newestExitMark } from "@/lib/dealers/rules/exit";
import type { ExitMarkKind } from "@/lib/dealers/schema/exit";
import { type ExitSheet, marksOf } from "./exit-checklist";

/** What can be said of one item, and all that was said of it before. */
export function ExitItemDialog({ state, sheet }: { state: ExitState; sheet: ExitSheet }) {
  const t = useTranslations("dealers.exit");
  const locale = useLocale();
  const marks = marksOf(sheet.contract, sheet.ending.id).filter(({ item }) => item === state.key);
  const newest = newestExitMark(marks, state.key);
  const settled = newest !== null && newest.kind !== "reopened";
  const own = { state, sheet, seen: newest?.id ?? "" };
  return (
    <ConfirmDialog
      // A new mark closes the dialog that made it.
      key={newest?.id ?? ""}
      opener={t(settled ? "mark.change" : "mark.open")}
      openerClass="btn sm"
      title={t(`items.${state.key}`)}
    >
      <p className="mb-3 text-sm text-fg-2">{t(`notes.${state.key}`)}</p>
      {state.by === "marked" ? <MarkForm {...own} kind="done" /> : null}
      {state.mayNotApply && !settled ? <MarkForm {...own} kind="not-applicable" /> : null}
      {settled ? <MarkForm {...own} kind="reopened" /> : null}
      {marks.length > 0 ? (
        <section className="mt-5">
          <h3 className="mb-2 text-sm font-semibold">{t("mark.history")}</h3>
          <Timeline
            moments={marks.map((mark) => ({
              key: mark.id,
              kind: mark.kind === "done" ? "ok" : "off",
              title: `${t(`kinds.${mark.kind}`)} · ${mark.by} · ${dayAndTime(mark.at, locale, sheet.now)}`,
              note: [mark.note, mark.file?.name].filter(Boolean).join(" · "),
            }))}
          />
        </section>
      ) : null}
    </ConfirmDialog>
  );
}

const acts = { done: "mark.done", "not-applicable": "mark.notApplicable", reopened: "mark.reopen" } as const;

function MarkForm({
  state,
  sheet,
  seen,
  kind,
}: {
  state: ExitState;
  sheet: ExitSheet;
  seen: string;
  kind: ExitMarkKind;
}) {
  const t = useTranslations("dealers.exit");
  const form = useTranslations("form");
  const act = t(acts[kind]);
  const optional = kind === "done" ? form("optional") : undefined;
  return (
    <ActionForm
      action={sheet.action}
      summary={act}
      working={form("working")}
      fields={{ note: t("mark.note"), documentId: t("mark.paper") }}
      className="border-b border-line py-3"
    >
      <input type="hidden" name="contractId" value={sheet.contract.id} />
      <input type="hidden" name="endingId" value={sheet.ending.id} />
      <input type="hidden" name="item" value={state.key} />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="seen" value={seen} />
      {kind === "done" ? <PaperField state={state} sheet={sheet} /> : null}
      <TextArea
        name="note"
        label={t("mark.note")}
        optional={optional}
        hint={t(kind === "done" ? "mark.noteHint" : "mark.reasonHint")}
        limit={500}
        rows={2}
      />
      <SubmitButton variant={kind === "done" ? "primary" : "default"}>{act}</SubmitButton>
    </ActionForm>
  );
}

/** Papers of the contract that may prove it; where one kind is asked for, of that kind alone. */
function PaperField({ state, sheet: { contract } }: { state: ExitState; sheet: ExitSheet }) {
  const t = useTranslations("dealers.exit");
  const form = useTranslations("form");
  const papers = contract.documents.filter(
    (paper) => paper.replacedById === null && (state.paper === undefined || paper.kind === state.paper),
  );
  if (papers.length === 0)
    return state.paper ? (
      <p className="hint mb-3">
        {t("mark.noDeletion")} <Link href={`/dealers/contracts/${contract.id}/documents`}>{t("see.upload")}</Link>
      </p>
    ) : null;
  return (
    <SelectField
      name="documentId"
      label={t("mark.paper")}
      optional={state.paper ? undefined : form("optional")}
      empty={t("mark.noPaper")}
      options={papers.map((paper) => ({
        value: paper.id,
        label: `${paper.file.name} (${t(`register.papers.${paper.kind}`)})`,
      }))}
    />
  );
}
