import { useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { CheckKind } from "@/lib/channels/rules/profile-check";
import { outboundFailures } from "@/lib/outbound/failure";
import { type PageCheckView, Source } from "./page-check";
import { verdictGlyphs } from "./profile-check-panel";

type Row = PageCheckView & { id: string; kind: CheckKind; by: string | null };

/** Every check of a channel: when, of what, by whom, what it answered about which item, and the digest of what came. */
export function CheckHistoryTable({ checks, now }: { checks: readonly Row[]; now: Date }) {
  const t = useTranslations("channels.checks");
  const channels = useTranslations("channels");
  const head = (
    <>
      <Th>{t("history.when")}</Th>
      <Th>{t("history.what")}</Th>
      <Th>{t("history.result")}</Th>
      <Th phone="hide">{t("history.source")}</Th>
      <Th phone="hide">{t("history.who")}</Th>
    </>
  );
  return (
    <Table caption={t("history.table")} head={head}>
      {checks.map((check) => {
        const failure = outboundFailures.find((one) => one === check.failure);
        return (
          <Tr key={check.id}>
            <Td nowrap>
              <Time at={check.at} now={now} />
            </Td>
            <Td nowrap>{channels(`onboarding.checks.${check.kind}`)}</Td>
            <Td second={failure ? t(`failures.${failure}`) : undefined}>
              <span className="flex flex-wrap gap-x-3">
                {check.answers.map(({ item, answer }) => (
                  <Status key={item} kind={verdictGlyphs[answer]}>
                    {channels(`onboarding.items.${item}`)}
                    <span className="sr-only"> {t(`verdicts.${answer}`)}</span>
                  </Status>
                ))}
              </span>
            </Td>
            <Td phone="hide">
              <Source check={check} />
            </Td>
            <Td nowrap phone="hide">
              {check.by ?? t("history.job")}
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}
