import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Glyph, type StatusKind } from "@/components/ui/status";
import { dayAndTime } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { faultWord } from "./fault-word";

export type ShownVerification = {
  at: Date;
  sound: boolean;
  entries: number;
  seq: number;
  hash: string;
  milliseconds: number;
  fault: { kind: string; seq: number | null; eventId: string | null } | null;
};

/** What the last verification found, the head it saw, the copy kept outside, what is not sealed yet. `action` is the button. */
export async function VerificationBanner({
  last,
  kept,
  unsealed,
  now,
  action,
}: {
  last: ShownVerification | null;
  kept: { at: Date; seq: number } | null;
  unsealed: number;
  now: Date;
  action: ReactNode;
}) {
  const t = await getTranslations("audit");
  const locale = asLocale(await getLocale());
  const kind: StatusKind = last === null ? "off" : last.sound ? "ok" : "bad";
  const tone = { ok: "border-ok-line bg-ok-soft", bad: "border-bad-line bg-bad-soft", off: "border-line bg-canvas" }[
    kind
  ];
  const title =
    last === null
      ? t("banner.never")
      : last.sound
        ? t("banner.sound", { count: last.entries })
        : last.fault?.seq
          ? t("banner.broken", { seq: last.fault.seq })
          : t("banner.brokenSomewhere");
  const seconds = last ? (last.milliseconds / 1_000).toFixed(1) : "";
  return (
    <section
      aria-label={t("banner.label")}
      className={`mb-4 flex flex-wrap items-center gap-x-6 gap-y-3 rounded-3 border px-4 py-3 text-sm ${tone}`}
    >
      <div className="flex items-center gap-3">
        <Glyph kind={kind} />
        <div>
          <b className="font-bold">{title}</b>
          <span className="block text-xs text-fg-2">
            {last ? t("banner.last", { time: dayAndTime(last.at, locale, now), seconds }) : t("banner.neverNote")}
          </span>
          {last?.fault ? <span className="block">{faultWord(last.fault, locale)}</span> : null}
        </div>
      </div>
      {last ? (
        <Fact name={t("banner.head")}>
          <span className="mono" title={last.hash}>
            {inFours(last.hash.slice(0, 8))} … {inFours(last.hash.slice(-8))}
          </span>
        </Fact>
      ) : null}
      <Fact name={t("banner.kept")}>
        {kept ? t("banner.keptAt", { time: dayAndTime(kept.at, locale, now), seq: kept.seq }) : t("banner.notKept")}
      </Fact>
      <Fact name={t("banner.unsealed")}>
        {unsealed === 0 ? (
          t("banner.noneUnsealed")
        ) : (
          <>
            <b className="font-medium">{t("banner.unsealedCount", { count: unsealed })}</b>{" "}
            <span className="text-xs text-fg-2">{t("banner.unsealedNote")}</span>
          </>
        )}
      </Fact>
      <div className="ml-auto">{action}</div>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="wide:border-l wide:border-line-2 wide:pl-6">
      <span className="block text-xs text-fg-2">{name}</span>
      {children}
    </div>
  );
}

function inFours(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, "$1 ");
}
