import { useLocale, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { type ItemState, newestMark } from "@/lib/channels/rules/onboarding";
import type { OnboardingItem } from "@/lib/channels/rules/onboarding-items";
import { type CheckAnswer, portalKinds } from "@/lib/channels/rules/profile-check";
import { dayAndTime, shortDay } from "@/lib/clock";
import { dealerBySlug } from "@/lib/dealers/directory";
import { EvidenceLink } from "./evidence-link";
import type { OnboardingSheet } from "./onboarding-sheet";

/** Why an item does not hold, where there is more to say than that it is open. */
export function ItemReason({ state, sheet }: { state: ItemState; sheet: Pick<OnboardingSheet, "now" | "marks"> }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const mark = newestMark(sheet.marks, state.key);
  const text = (() => {
    if (state.status === "contradicted" && state.check) {
      const time = dayAndTime(state.check.at, locale, sheet.now);
      const value = state.check.value;
      return `${t("onboarding.checkNo", { time })}${value === "" ? "" : `: ${value}`}`;
    }
    if (state.status === "expired" && state.renewOn) {
      return t("onboarding.expiredOn", { day: shortDay(state.renewOn, locale, sheet.now) });
    }
    if (state.status === "unknown") return t("onboarding.checkUnknown");
    if (state.reason) return t(`onboarding.reasons.${state.reason}`, { count: state.count });
    return mark?.kind === "not-applicable" && state.holds ? t("onboarding.not-applicable") : null;
  })();
  return text === null ? null : <span className="t2 text-fg-2">{text}</span>;
}

type Props = { item: OnboardingItem; state: ItemState; sheet: OnboardingSheet };

/** What proves an item: a file, a word, a machine's answer, the register, or the channel's own data. */
export function OnboardingEvidence({ item, state, sheet }: Props) {
  if (item.derived) return <DataEvidence item={item} state={state} sheet={sheet} />;
  return <SaidEvidence item={item} state={state} sheet={sheet} />;
}

function SaidEvidence({ item, state, sheet }: Props) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const mark = newestMark(sheet.marks, item.key);
  const seen = state.check && state.check.answer !== "unknown" ? state.check : null;
  if (!mark && !seen) return <span className="text-fg-3">{t("onboarding.none")}</span>;
  return (
    <>
      {mark?.file ? (
        <EvidenceLink channelId={sheet.channelId} file={mark.file} may={sheet.may.download} />
      ) : mark ? (
        <span className="text-fg-2">
          {t(mark.kind === "done" ? "onboarding.byHand" : `onboarding.mark.${mark.kind}`)}
        </span>
      ) : null}
      {mark ? (
        <span className="t2">
          {mark.by} · <Time at={mark.at} as="day" now={sheet.now} />
          {state.holds && state.renewOn
            ? ` · ${t("onboarding.renewUntil", { day: shortDay(state.renewOn, locale, sheet.now) })}`
            : null}
        </span>
      ) : null}
      {mark?.note ? <span className="t2">{mark.note}</span> : null}
      {seen ? (
        <span className={mark ? "t2" : undefined}>
          <Link className="underline underline-offset-2" href={seenAddress(seen, sheet.channelId)}>
            {t(`onboarding.checks.${seen.kind}`)}
            {isPortal(seen) ? ` ${seen.value}` : ""}
          </Link>{" "}
          <Time at={seen.at} now={sheet.now} />
        </span>
      ) : null}
    </>
  );
}

/** Where what a machine or the portal saw is kept. */
function seenAddress({ kind, checkId }: CheckAnswer, channelId: string): string {
  switch (kind) {
    case "retention-policy":
      return `/retention/policies/${checkId}`;
    case "notice":
      return `/privacy/notices/${channelId}`;
    case "consent-form":
      return `/privacy/consents/${checkId}`;
    default:
      return `/channels/${channelId}/checks`;
  }
}

const isPortal = ({ kind }: CheckAnswer) => portalKinds.some((one) => one === kind);

/** Items that nobody marks: what was found, and where it is kept. */
function DataEvidence({ item, state, sheet }: Props) {
  const t = useTranslations("channels");
  const dealer = dealerBySlug(sheet.dealer);
  const at = `/channels/${sheet.channelId}`;
  switch (item.key) {
    case "dealer":
      return (
        <>
          {dealer ? dealer.name : <span className="text-fg-3">{t("noDealer")}</span>}
          {dealer ? <span className="t2">{t("onboarding.dealerFrom", { phone: dealer.phone })}</span> : null}
          <Way href={`${at}/edit`} may={sheet.may.edit && !dealer}>
            {t("onboarding.chooseDealer")}
          </Way>
        </>
      );
    case "category":
      return (
        <>
          {sheet.categoryCode ? (
            <Mono>{sheet.categoryCode}</Mono>
          ) : (
            <span className="text-fg-3">{t("onboarding.noCategory")}</span>
          )}
          <Way href={`${at}/edit`} may={sheet.may.edit && !sheet.categoryCode}>
            {t("onboarding.openProfile")}
          </Way>
        </>
      );
    case "rehearsed":
      return (
        <Link
          className="underline underline-offset-2"
          href={state.rehearsalId ? `/rehearsal/${state.rehearsalId}/report` : "/rehearsal"}
        >
          {t(state.rehearsalId ? "onboarding.rehearsalReport" : "onboarding.rehearse")}
        </Link>
      );
    case "placements":
      return (
        <Link className="underline underline-offset-2" href={`/placements?channel=${sheet.channelId}`}>
          {sheet.placements > 0 ? t("onboarding.placed", { count: sheet.placements }) : t("onboarding.notPlaced")}
        </Link>
      );
    default:
      return (
        <>
          <span className="text-fg-2">{t("onboarding.fromRegister")}</span>
          <Way href={contractAddress(item.key, state.contractId)} may={sheet.may.contracts}>
            {t(state.contractId ? "onboarding.openContract" : "onboarding.newContract")}
          </Way>
        </>
      );
  }
}

/** Where a register item is put right: its contract, its consignee page, or the register itself. */
export function contractAddress(key: string, contractId: string | null): string {
  if (contractId === null) return "/dealers";
  return `/dealers/contracts/${contractId}${key === "reconsignment" ? "/consignees" : ""}`;
}

function Way({ href, may, children }: { href: string; may: boolean; children: string }) {
  if (!may) return null;
  return (
    <span className="block text-xs">
      <Link className="underline underline-offset-2" href={href}>
        {children}
      </Link>
    </span>
  );
}
