import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { Missing } from "@/components/ui/text";
import { fullDay, fullTime } from "@/lib/clock";
import type { NoticeAt } from "@/lib/privacy/rules/notice-view";
import { periodText } from "@/lib/privacy/rules/period-words";
import type { Period } from "@/lib/retention/rules/period";
import { policyCode } from "@/lib/retention/rules/policy-content";

/** What a user was told, who approved it, how it is known, and what it agreed with. */
export function NoticeSeen({ seen }: { seen: NonNullable<NoticeAt["shown"]> }) {
  const t = useTranslations("privacy.notices.at");
  const locale = useLocale();
  const time = (at: Date) => fullTime(at, locale, true);
  const { policy, exceptions, contracts } = seen.facts;
  const code = ({ number, version, count, unit }: { number: number; version: number; count: number; unit: string }) =>
    `${policyCode(number)} v${version} · ${periodText({ count, unit: unit as Period["unit"] })}`;
  return (
    <KeyValue
      rows={[
        [t("version"), `v${seen.version}`],
        [
          t("hash"),
          <span key="hash" className="mono break-all">
            {seen.sha256}
          </span>,
        ],
        [
          t("shown"),
          seen.until
            ? t("span", { from: time(seen.from), until: time(seen.until) })
            : t("since", { from: time(seen.from) }),
        ],
        [t("submitted"), seen.submittedBy],
        [t("approved"), `${seen.approvedBy} · ${time(seen.approvedAt)}`],
        [
          t("requested"),
          seen.requestedAt ? (
            `${time(seen.requestedAt)}${seen.ticket ? ` · ${seen.ticket}` : ""}`
          ) : (
            <Missing key="requested" what="field" />
          ),
        ],
        [t("applied"), seen.appliedOn ? fullDay(seen.appliedOn, locale) : <Missing key="applied" what="field" />],
        [
          t("verified"),
          `${seen.verifiedBy} · ${time(seen.verifiedAt)} · ${t(`evidence.${seen.evidence || "pasted"}`)}`,
        ],
        ...(seen.file
          ? [
              [
                t("file"),
                <span key="file" className="mono break-all">
                  {seen.file.sha256}
                </span>,
              ] as const,
            ]
          : []),
        [
          t("policy"),
          policy ? (
            <Link key="policy" href={`/retention/policies/${policy.id}`}>
              {code(policy)}
            </Link>
          ) : (
            <Missing key="policy" what="field" />
          ),
        ],
        ...(exceptions.length > 0 ? [[t("exceptions"), exceptions.map(code).join(", ")] as const] : []),
        [
          t("contracts"),
          contracts.length === 0 ? (
            <Missing key="contracts" what="field" />
          ) : (
            <ul key="contracts">
              {contracts.map(({ id, number, consignee, subConsignee }) => (
                <li key={id}>
                  <Link href={`/dealers/contracts/${id}`}>{number}</Link> {consignee}
                  {subConsignee ? ` · ${subConsignee}` : ""}
                </li>
              ))}
            </ul>
          ),
        ],
      ]}
    />
  );
}
