import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Hash } from "@/components/ui/text";
import { fullDay } from "@/lib/clock";
import { clauseRules } from "@/lib/dealers/rules/clauses";
import type { ContentChannel, ContentClause, Difference } from "@/lib/dealers/rules/contract-content";
import { documentKinds, verdicts } from "@/lib/dealers/schema/contract";
import { ContractValue } from "./contract-value";

/** What the newest version says that the approved one does not, side by side. */
export function DifferenceTable({
  approved,
  differences,
  channelNames,
}: {
  approved: number | null;
  differences: readonly Difference[];
  channelNames: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("dealers.contracts.approval");
  if (approved === null) {
    return <p className="text-sm text-fg-2">{t("differencesFirst")}</p>;
  }
  const title = t("differences", { number: approved });
  if (differences.length === 0) {
    return (
      <Section title={title}>
        <p className="text-sm text-fg-2">{t("differencesNone")}</p>
      </Section>
    );
  }
  const head = (
    <>
      <Th>{t("what")}</Th>
      <Th>{t("before")}</Th>
      <Th>{t("after")}</Th>
    </>
  );
  return (
    <Section title={title} count={differences.length}>
      <Table caption={title} head={head} boxed>
        {differences.map((difference) => (
          <Row key={keyOf(difference)} difference={difference} channelNames={channelNames} />
        ))}
      </Table>
    </Section>
  );
}

function keyOf(one: Difference): string {
  switch (one.part) {
    case "field":
      return one.name;
    case "channel":
      return one.channelId;
    case "clause":
      return one.clause;
    case "document":
      return `${one.change}:${one.document.kind}:${one.document.sha256}:${one.document.signedOn}`;
  }
}

function Row({ difference, channelNames }: { difference: Difference; channelNames: Readonly<Record<string, string>> }) {
  const t = useTranslations("dealers.contracts");
  switch (difference.part) {
    case "field":
      return (
        <Sides
          name={t(`fields.${difference.name}`)}
          before={<ContractValue name={difference.name} value={difference.before} />}
          after={<ContractValue name={difference.name} value={difference.after} />}
        />
      );
    case "channel":
      return (
        <Sides
          name={t("approval.channelOf", { name: channelNames[difference.channelId] ?? difference.channelId })}
          before={<CoverDays cover={difference.before} />}
          after={<CoverDays cover={difference.after} />}
        />
      );
    case "clause": {
      const name = clauseRules.find((rule) => rule.key === difference.clause)?.text ?? difference.clause;
      return (
        <Sides
          name={t("approval.clauseOf", { name })}
          before={<Judgement clause={difference.before} />}
          after={<Judgement clause={difference.after} />}
        />
      );
    }
    case "document": {
      const { document, change } = difference;
      const kind = documentKinds.find((one) => one === document.kind) ?? "other";
      const hash = <Hash value={document.sha256} head={8} tail={8} />;
      return (
        <Sides
          name={t("approval.documentOf", { kind: t(`documents.kinds.${kind}`) })}
          before={change === "removed" ? hash : "–"}
          after={change === "added" ? hash : t("approval.removed")}
        />
      );
    }
  }
}

function Sides({ name, before, after }: { name: string; before: ReactNode; after: ReactNode }) {
  return (
    <Tr>
      <TdName>{name}</TdName>
      <Td>{before}</Td>
      <Td>
        <strong className="font-semibold">{after}</strong>
      </Td>
    </Tr>
  );
}

function CoverDays({ cover }: { cover: ContentChannel | null }) {
  const t = useTranslations("dealers.contracts");
  const locale = useLocale();
  if (!cover) return "–";
  const from = fullDay(cover.fromOn, locale);
  return cover.untilOn
    ? t("termRange", { from, to: fullDay(cover.untilOn, locale) })
    : `${from} – ${t("channels.whole")}`;
}

function Judgement({ clause }: { clause: ContentClause | null }) {
  const t = useTranslations("dealers.contracts.clauses");
  if (!clause) return t("unjudged");
  const verdict = verdicts.find((one) => one === clause.verdict);
  const said = [clause.place, clause.page && t("pageOf", { page: clause.page }), clause.note];
  return [verdict ? t(`verdicts.${verdict}`) : clause.verdict, ...said].filter(Boolean).join(" · ");
}
