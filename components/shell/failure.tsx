"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { fullTime } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import en from "@/messages/en/failure.json";
import ko from "@/messages/ko/failure.json";

const never = () => () => undefined;

/** A page that failed: what is safe, try again, and the number that finds the line in the log. Never the error's own words. */
export function Failure({ error, retry, level }: { error: unknown; retry: () => void; level?: 1 | 2 }) {
  const lang = useSyncExternalStore(
    never,
    () => document.documentElement.lang,
    () => "ko",
  );
  const locale = asLocale(lang);
  const words = locale === "en" ? en : ko;
  const [at, setAt] = useState("");
  useEffect(() => setAt(fullTime(new Date(), locale, true)), [locale]);
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : "–";
  return (
    <ErrorState
      title={words.title}
      level={level}
      actions={
        <>
          <button type="button" className="btn primary" onClick={() => retry()}>
            {words.retry}
          </button>
          {/* A full load, not a soft one: what failed may be the shell itself. */}
          <form action="/" method="get">
            <button type="submit" className="btn">
              {words.toToday}
            </button>
          </form>
        </>
      }
      facts={[
        [words.at, at],
        [words.digest, digest],
        [words.report, words.reportTo],
      ]}
    >
      {words.body}
    </ErrorState>
  );
}
