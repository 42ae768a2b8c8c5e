import { useLocale, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Status, type StatusKind } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { fullDay, shortDay } from "@/lib/clock";
import { clauseRules, clauseSource } from "@/lib/dealers/rules/clauses";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import type { Verdict } from "@/lib/dealers/schema/contract";

const kinds: Readonly<Record<Verdict, StatusKind>> = { met: "ok", weak: "ok", missing: "bad" };

/** The seven clauses that a consignment contract must have, each with its place in this one; and what is advised beside them. */
export function ClauseTable({
  contract,
  mayEdit,
  now,
}: {
  contract: Pick<ContractView, "id" | "consignment" | "clauses" | "approval" | "approved">;
  mayEdit: boolean;
  now: Date;
}) {
  const t = useTranslations("dealers.contracts.clauses");
  const locale = useLocale();
  const judged = new Map(contract.clauses.map((clause) => [clause.clause, clause]));
  if (!contract.consignment) {
    return (
      <Section title={t("title")}>
        <p className="text-sm text-fg-2">{t("none")}</p>
      </Section>
    );
  }
  const needed = clauseRules.filter((rule) => rule.needed);
  const met = needed.filter((rule) => ["met", "weak"].includes(judged.get(rule.key)?.verdict ?? "")).length;
  const advised = needed.filter((rule) => judged.get(rule.key)?.verdict === "weak").length;
  const day = fullDay(clauseSource.effectiveFrom, locale);
  const note = [t("note", { met, day }), ...(advised > 0 ? [t("advice", { count: advised })] : [])].join(" · ");
  // Whoever approved the version has confirmed its judgements.
  const confirmed =
    contract.approval === "approved" && contract.approved
      ? `${contract.approved.by} · ${shortDay(contract.approved.at, locale, now)}`
      : null;
  const head = (
    <>
      <Th numeric phone="hide">
        {t("number")}
      </Th>
      <Th>{t("clause")}</Th>
      <Th phone="hide">{t("article")}</Th>
      <Th>{t("place")}</Th>
      <Th>{t("page")}</Th>
      <Th>{t("verdict")}</Th>
      <Th phone="hide">{t("saved")}</Th>
    </>
  );
  return (
    <Section
      title={t("title")}
      note={note}
      actions={mayEdit ? <Link href={`/dealers/contracts/${contract.id}/clauses`}>{t("judge")}</Link> : null}
    >
      <Table caption={t("table")} head={head}>
        {clauseRules
          .filter((rule) => rule.needed || judged.has(rule.key))
          .map((rule) => {
            const one = judged.get(rule.key);
            return (
              <Tr key={rule.key}>
                <Td numeric phone="hide">
                  {rule.number ?? <span className="text-fg-3">{t("advised")}</span>}
                </Td>
                <TdName>
                  <span lang="ko">{rule.text}</span>
                </TdName>
                <Td phone="hide">
                  <span lang="ko" className="text-fg-2">
                    {rule.article}
                  </span>
                </Td>
                <Td>{one?.place || <Missing />}</Td>
                <Td nowrap>{one?.page ? t("pageOf", { page: one.page }) : <Missing />}</Td>
                <Td second={one?.note || undefined}>
                  {one ? (
                    <Status kind={kinds[one.verdict]}>{t(`verdicts.${one.verdict}`)}</Status>
                  ) : (
                    <Status kind={rule.needed ? "bad" : "off"}>{t("unjudged")}</Status>
                  )}
                </Td>
                <Td phone="hide" nowrap>
                  {one && confirmed ? <span className="text-fg-3">{confirmed}</span> : <Missing />}
                </Td>
              </Tr>
            );
          })}
      </Table>
      <p className="hint mt-2">
        {t("source", { title: clauseSource.title, day: fullDay(clauseSource.checkedOn, locale) })}
      </p>
    </Section>
  );
}
