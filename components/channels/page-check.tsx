import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { KeyValue } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { Status } from "@/components/ui/status";
import { Hash, Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { KeptAnswer } from "@/lib/channels/rules/profile-check";
import type { KeptFacts, PageKind } from "@/lib/channels/schema/check";
import { dayAndTime } from "@/lib/clock";
import { outboundFailures } from "@/lib/outbound/failure";
import { verdictGlyphs } from "./profile-check-panel";

export type PageCheckView = KeptFacts & {
  at: Date;
  status: number | null;
  address: string | null;
  failure: string | null;
  sha256: string | null;
  bytes: number | null;
  answers: readonly KeptAnswer[];
};

const items = { "channel-home": "home-public", "privacy-policy": "privacy-policy" } as const;

/** One public page: what it says, where the names stand, and what came from where and when. */
export function PageCheck({
  kind,
  check,
  missing,
  note,
  now,
  children,
}: {
  kind: PageKind;
  check: PageCheckView | null;
  /** Why it cannot be checked, with the way to put that right. */
  missing: { why: string; fill: string; href: string | null } | null;
  note?: string;
  now: Date;
  /** The form that checks again. */
  children?: ReactNode;
}) {
  const t = useTranslations("channels.checks");
  return (
    <section className="border-b border-line py-4 first:pt-0 last:border-0" aria-labelledby={`check-${kind}`}>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="text-sm font-semibold" id={`check-${kind}`}>
            {t(`pages.${kind}`)}
          </h3>
          <p className="text-xs text-fg-2">{t(`pages.${kind}What`)}</p>
          {note ? <p className="text-xs text-fg-2">{note}</p> : null}
        </div>
        {missing ? null : children}
      </div>
      {missing ? (
        <p className="mt-2 text-sm text-fg-2">
          {missing.why}{" "}
          {missing.href ? (
            <Link className="underline underline-offset-2" href={missing.href}>
              {missing.fill}
            </Link>
          ) : null}
        </p>
      ) : null}
      {check ? (
        <Result kind={kind} check={check} now={now} />
      ) : missing ? null : (
        <p className="mt-2 text-sm text-fg-3">{t("pages.never")}</p>
      )}
    </section>
  );
}

function Result({ kind, check, now }: { kind: PageKind; check: PageCheckView; now: Date }) {
  const t = useTranslations("channels.checks");
  const answer = check.answers.find((one) => one.item === items[kind]);
  const verdict = answer?.answer ?? "unknown";
  return (
    <div className="mt-3 grid gap-3">
      <div>
        <Status kind={verdictGlyphs[verdict]}>
          <PageSentence kind={kind} check={check} />
        </Status>
        {verdict === "unknown" ? <WhyUnknown check={check} answer={answer} now={now} /> : null}
      </div>
      <KeyValue
        rows={[
          ...check.names.map(
            (name) =>
              [
                name.name,
                name.found ? (
                  <span key={name.name}>
                    <Status kind="ok">{t("pages.found")}</Status>
                    <q className="mt-0.5 block text-xs text-fg-2">{name.snippet}</q>
                  </span>
                ) : (
                  <Status key={name.name} kind={verdict === "no" ? "bad" : "unknown"}>
                    {t("pages.missing")}
                  </Status>
                ),
              ] as const,
          ),
          [t("pages.address"), <Mono key="address">{check.address ?? "–"}</Mono>],
          [t("pages.answer"), <Source key="answer" check={check} />],
          [t("pages.at"), <Time key="at" at={check.at} as="second" now={now} />],
        ]}
      />
    </div>
  );
}

/** Where a check came to nothing: what stood in the way, and what the last known answer was. */
function WhyUnknown({ check, answer, now }: { check: PageCheckView; answer: KeptAnswer | undefined; now: Date }) {
  const t = useTranslations("channels.checks");
  const locale = useLocale();
  const failure = outboundFailures.find((one) => one === check.failure);
  const known = answer?.known;
  return (
    <>
      <p className="text-xs text-fg-2">{failure ? t(`failures.${failure}`) : t("unclear")}</p>
      {known ? (
        <p className="text-xs text-fg-2">
          {t("known", { time: dayAndTime(new Date(known.at), locale, now), verdict: t(`verdicts.${known.answer}`) })}
        </p>
      ) : null}
    </>
  );
}

/** What a page check says, in one sentence. */
export function PageSentence({ kind, check }: { kind: PageKind; check: Pick<PageCheckView, "answers" | "status"> }) {
  const t = useTranslations("channels.checks");
  const answer = check.answers.find((one) => one.item === items[kind]);
  const verdict = answer?.answer ?? "unknown";
  if (kind === "privacy-policy" && verdict === "no" && check.status !== 200) return t("sentences.privacy-policy.gone");
  return t(`sentences.${kind}.${verdict}`, { value: answer?.value ?? "" });
}

/** The HTTP status with digest and length of what came, or nothing. */
export function Source({ check }: { check: Pick<PageCheckView, "status" | "sha256" | "bytes"> }) {
  const t = useTranslations("channels.checks");
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      {check.status === null ? null : <Mono>HTTP {check.status}</Mono>}
      {check.sha256 ? <Hash value={check.sha256} /> : null}
      {check.bytes === null ? null : <span className="text-fg-3">{t("pages.bytes", { bytes: check.bytes })}</span>}
      {check.status === null && check.sha256 === null ? "–" : null}
    </span>
  );
}
