import { useLocale, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Glyph } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { shortDay } from "@/lib/clock";
import type { NoticeStepView, NoticeVersionView } from "@/lib/privacy/rules/notice-view";
import { NoticeStatus } from "./notice-status";

const columns = ["approved", "requested", "applied", "verified"] as const;

/** Versions by the steps of their life: day, and who or which ticket. */
export function NoticeMatrix({
  channelId,
  versions,
  now,
}: {
  channelId: string;
  versions: readonly NoticeVersionView[];
  now: Date;
}) {
  const t = useTranslations("privacy.notices");
  const locale = useLocale();
  return (
    <Table
      caption={t("history.title")}
      head={
        <>
          <Th>{t("history.version")}</Th>
          <Th phone="hide">{t("history.summary")}</Th>
          <Th phone="hide">{t("states.draft")}</Th>
          {columns.map((kind) => (
            <Th key={kind}>{t(`states.${kind}`)}</Th>
          ))}
        </>
      }
    >
      {versions.map((version, index) => {
        const before = versions[index + 1];
        return (
          <Tr key={version.id}>
            <Td nowrap second={<NoticeStatus state={version.state} number={version.number} />}>
              <strong className="font-semibold">v{version.number}</strong>
            </Td>
            <Td phone="hide" second={t(`weights.${version.words.weight}`)}>
              {before ? (
                <Link href={`/privacy/notices/${channelId}?from=${before.number}&to=${version.number}#compare`}>
                  {version.words.summary || t("history.noSummary")}
                </Link>
              ) : (
                version.words.summary || t("history.noSummary")
              )}
            </Td>
            <Td phone="hide" nowrap second={version.savedBy}>
              <Glyph kind="ok" /> {shortDay(version.savedAt, locale, now)}
            </Td>
            {columns.map((kind) => (
              <Cell key={kind} version={version} kind={kind} now={now} />
            ))}
          </Tr>
        );
      })}
    </Table>
  );
}

function Cell({ version, kind, now }: { version: NoticeVersionView; kind: (typeof columns)[number]; now: Date }) {
  const t = useTranslations("privacy.notices");
  const locale = useLocale();
  const step = version.steps.findLast((one) => one.kind === kind);
  const last = version.steps.at(-1);
  const refused =
    (kind === "applied" && last?.kind === "declined") || (kind === "verified" && last?.kind === "differs")
      ? last
      : null;
  if (refused) {
    return (
      <Td nowrap second={refused.note || refused.by}>
        <Glyph kind="bad" /> {t(`states.${refused.kind as "declined" | "differs"}`)}
      </Td>
    );
  }
  if (!step) {
    return (
      <Td nowrap>
        <Glyph kind="off" /> <span className="text-fg-3">{t("history.notYet")}</span>
      </Td>
    );
  }
  return (
    <Td nowrap second={beside(step)}>
      <Glyph kind="ok" /> {shortDay(step.doneOn ?? step.at, locale, now)}
    </Td>
  );
}

function beside({ kind, ticket, by }: NoticeStepView): string {
  return kind === "requested" && ticket ? ticket : by;
}
