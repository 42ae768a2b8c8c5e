import { useTranslations } from "next-intl";
import { noticeDifference } from "@/lib/privacy/rules/notice-difference";

/** Two texts line by line; what changed inside a line stands on a stronger ground and is told to readers who do not see it. */
export function NoticeDiff({ before, after }: { before: string; after: string }) {
  const t = useTranslations("privacy.notices.compare");
  let place = 0;
  return (
    <div className="overflow-x-auto rounded-8 border border-line-2" lang="ko">
      <table className="w-full text-sm">
        <tbody>
          {noticeDifference(before, after).map((line) => {
            place += 1;
            if (line.kind === "same") {
              return (
                <tr key={place}>
                  <td className="w-10 px-2 text-right text-fg-3 tabular-nums">{line.number}</td>
                  <td className="w-5" />
                  <td className="py-0.5 pr-3 whitespace-pre-wrap">{line.text || " "}</td>
                </tr>
              );
            }
            const added = line.kind === "added";
            const Change = added ? "ins" : "del";
            let part = 0;
            return (
              <tr key={place} className={added ? "bg-ok-soft" : "bg-bad-soft"}>
                <td className="w-10 px-2 text-right text-fg-3 tabular-nums">{line.number}</td>
                <td className="w-5">
                  <span aria-hidden="true">{added ? "+" : "−"}</span>
                  <span className="sr-only">{t(added ? "added" : "removed")}</span>
                </td>
                <td className="py-0.5 pr-3 whitespace-pre-wrap">
                  {line.parts.map(({ text, changed }) => {
                    part += 1;
                    return changed ? (
                      <Change
                        key={part}
                        className={added ? "font-semibold no-underline" : "font-semibold line-through"}
                      >
                        {text}
                      </Change>
                    ) : (
                      <span key={part}>{text}</span>
                    );
                  })}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
