import { useTranslations } from "next-intl";
import { Glyph } from "@/components/ui/status";
import { type NoticeVerdict, noticeRules } from "@/lib/privacy/rules/notice-lint";

const glyphs = { ok: "ok", bad: "bad", advice: "waiting" } as const;

/** Each rule with its verdict, the sentence that decides it, and where the rule comes from. */
export function NoticeLint({ verdicts }: { verdicts: readonly NoticeVerdict[] }) {
  const t = useTranslations("privacy.lint");
  const n = useTranslations("privacy.notices");
  return (
    <ul className="divide-y divide-line border-y border-line-2">
      {verdicts.map(({ rule, verdict, sentence, values }) => {
        const source = noticeRules.find(({ key }) => key === rule)?.source ?? "";
        return (
          <li key={rule} className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-2 py-2.5">
            <span className="mt-0.5">
              <Glyph kind={glyphs[verdict]} />
            </span>
            <div>
              <p className="flex flex-wrap justify-between gap-x-4">
                <span className="font-medium">
                  {t(`${rule}.title`)}
                  <span className="sr-only"> {n(`verdicts.${verdict}`)}</span>
                </span>
                <span className="text-sm text-fg-3">{source || n("ownRule")}</span>
              </p>
              <p className={verdict === "bad" ? "text-sm text-bad" : "text-sm text-fg-2"}>{said(rule, verdict)}</p>
              {sentence ? (
                <p className="text-sm text-fg-3" lang="ko">
                  “{sentence}”
                </p>
              ) : null}
            </div>
          </li>
        );

        function said(key: typeof rule, how: typeof verdict): string {
          if (key === "exceptions" || key === "lines") return t(`${key}.${how === "ok" ? "ok" : "advice"}`, values);
          return t(`${key}.${how === "ok" ? "ok" : "bad"}`, values);
        }
      })}
    </ul>
  );
}
