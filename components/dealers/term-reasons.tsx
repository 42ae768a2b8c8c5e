import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName } from "@/components/ui/table";
import { type Day, dayWithWeekday } from "@/lib/clock";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import { type DeadlineStep, deadlinesOf, outlookOf, type TermRule } from "@/lib/dealers/rules/deadlines";
import { lastAnnouncedYear } from "@/lib/holidays";

type Row = { name: string; value: ReactNode; note?: ReactNode };

/** How each deadline of the running term was reckoned, with the places of the contract that say so. */
export function TermReasons({
  contract,
  rule,
  today,
  now,
}: {
  contract: Pick<ContractView, "termAt" | "noticeAt" | "renewalMonths">;
  rule: TermRule;
  today: Day;
  now: Date;
}) {
  const t = useTranslations("dealers.deadlines.why");
  const locale = useLocale();
  const day = (on: Day) => dayWithWeekday(on, locale, now);
  const deadlines = deadlinesOf(rule, today);
  const stepsOf = (kind: string) => deadlines.find((deadline) => deadline.kind === kind)?.steps ?? [];
  const step = <K extends DeadlineStep["kind"]>(steps: readonly DeadlineStep[], kind: K) =>
    steps.find((one): one is DeadlineStep & { kind: K } => one.kind === kind);
  const decision = stepsOf("decision");
  const steps = stepsOf("notice").length > 0 ? stepsOf("notice") : decision;
  const last = deadlines.find(({ kind }) => kind === (rule.notice ? "notice" : "decision"))?.on ?? today;
  const renewed = step(steps, "renewed");
  const end = renewed ?? step(steps, "written");
  const counted = step(steps, "count-back");
  const off = step(steps, "day-off");
  const margin = step(decision, "business-days");
  const dealer = deadlines.find(({ kind }) => kind === "dealer-notice");
  const outlook = outlookOf(rule, today);
  const months = { months: rule.renewalMonths ?? 0, until: day(outlook.until ?? last) };
  const rows: Row[] = [
    {
      name: t("end"),
      value: (
        <>
          {day(end?.day ?? last)} <Place>{contract.termAt}</Place>
        </>
      ),
      note: renewed
        ? [
            t("endRenewed", { from: day(renewed.from), months: renewed.months }),
            ...(renewed.clipped ? [t("clipped", { day: Number(renewed.from.slice(8)) })] : []),
          ].join(". ")
        : t("endFirst"),
    },
    {
      name: t("window"),
      value: rule.notice ? (
        <>
          {t(rule.notice.unit === "days" ? "windowDays" : "windowMonths", { count: rule.notice.count })}{" "}
          <Place>{contract.noticeAt}</Place>
        </>
      ) : (
        t("noWindow")
      ),
    },
    ...(counted
      ? [
          {
            name: t("sum"),
            value: t.rich(counted.unit === "days" ? "sumDays" : "sumMonths", {
              ...{ from: day(counted.from), count: counted.count, on: day(counted.day) },
              b: (text) => <b>{text}</b>,
            }),
            note: counted.clipped ? t("clipped", { day: Number(counted.from.slice(8)) }) : undefined,
          },
        ]
      : []),
    ...(off
      ? [
          {
            name: t("dayOff"),
            value:
              off.names.length > 0
                ? t("holiday", { from: day(off.from), names: off.names.join("·"), on: day(off.day) })
                : t("weekend", { from: day(off.from), on: day(off.day) }),
            note: t("ours"),
          },
        ]
      : []),
    ...(rule.notice ? [{ name: t("arrival"), value: t("arrivalNote") }] : []),
    ...(margin && margin.count > 0
      ? [
          {
            name: t("margin"),
            value: t.rich("marginSum", { count: margin.count, on: day(margin.day), b: (text) => <b>{text}</b> }),
            note:
              margin.off.length > 0
                ? t("marginOff", { days: margin.off.map((one) => `${day(one.day)} ${one.names.join("·")}`).join(", ") })
                : undefined,
          },
        ]
      : []),
    ...(dealer ? [{ name: t("dealer"), value: t("dealerSum", { on: day(dealer.on) }) }] : []),
    {
      name: t("silence"),
      value:
        outlook.outcome === "renews" ? t("renews", months) : t(rule.renewal === "fixed" ? "endsFixed" : "ends", months),
    },
  ];
  const unknown = step(decision, "unknown-holidays");
  const reckoned = last > `${lastAnnouncedYear}-12-31`;
  const doubt = unknown ? t("unknown", { year: unknown.last }) : t("reckoned", { year: lastAnnouncedYear });
  return (
    <Section
      title={t(rule.notice ? "notice" : "decision", { on: day(last) })}
      note={unknown || reckoned ? doubt : undefined}
    >
      <Table caption={t("table")}>
        {rows.map(({ name, value, note }) => (
          <tr key={name}>
            <TdName>{name}</TdName>
            <Td second={note}>{value}</Td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}

/** Where the contract says so. */
function Place({ children }: { children: string }) {
  return children ? <span className="text-fg-3">{children}</span> : null;
}
