import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { noticeSegments, noticeVariables } from "@/lib/privacy/rules/notice-text";

/** The text with its variables as chips; a lock says that policy or contract decides the value. */
export function NoticeSource({ source }: { source: string }) {
  const t = useTranslations("privacy.notices");
  let place = 0;
  return (
    <p className="whitespace-pre-wrap leading-7" lang="ko">
      {noticeSegments(source).map((segment) => {
        place += segment.kind === "text" ? segment.text.length : segment.name.length + 3;
        if (segment.kind === "text") return <span key={place}>{segment.text}</span>;
        const locked = segment.key !== null && noticeVariables[segment.key].locked;
        return (
          <span
            key={place}
            className={`rounded-4 border px-1 ${segment.key ? "border-line-2 bg-selected text-link" : "border-bad text-bad"}`}
          >
            {locked ? <Icon name="lock" /> : null}
            {segment.name}
            <span className="sr-only">
              {segment.key ? t(locked ? "variableLocked" : "variable") : t("variableUnknown")}
            </span>
          </span>
        );
      })}
    </p>
  );
}

/** The ST bubble as it stands in a chat room, light in both themes, at its real width. */
export function NoticeBubble({ channel, text }: { channel: string; text: string }) {
  const t = useTranslations("privacy.notices");
  return (
    <figure className="phone-room" aria-label={t("preview.label")}>
      <figcaption>{channel}</figcaption>
      <p lang="ko">{text}</p>
    </figure>
  );
}
