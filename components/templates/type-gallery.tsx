import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { exampleFiles, illustratedExample } from "@/lib/templates/rules/example-files";
import { isPlain } from "@/lib/templates/rules/report";
import { type MessageType, messageTypes } from "@/lib/templates/schema/content";
import { type BubbleWords, MessageBubble } from "./message-bubble";
import { typeFacts } from "./type-facts";
import { TypeGlyph } from "./type-glyph";

/** All eleven types side by side with what each may hold (look 11). `write`: whether the reader may begin one. */
export function TypeGallery({ words, write }: { words: Readonly<Record<MessageType, BubbleWords>>; write: boolean }) {
  const t = useTranslations("templates.gallery");
  const families = { plain: messageTypes.filter(isPlain), rich: messageTypes.filter((type) => !isPlain(type)) };
  return (["plain", "rich"] as const).map((family) => (
    <Section key={family} title={t(`${family}.title`)} note={t(`${family}.note`)}>
      <ul className={`type-gallery ${family}`}>
        {families[family].map((type) => (
          <GalleryEntry key={type} type={type} words={words[type]} write={write} />
        ))}
      </ul>
    </Section>
  ));
}

function GalleryEntry({ type, words, write }: { type: MessageType; words: BubbleWords; write: boolean }) {
  const t = useTranslations("templates.gallery");
  const name = useTranslations("templates.type")(type);
  return (
    <li>
      <MessageBubble content={illustratedExample(type)} media={exampleFiles} words={words} bare />
      <h3 className="mt-2 flex items-center gap-2">
        <TypeGlyph type={type} large />
        {name}
      </h3>
      <p className="text-xs text-fg-3">{typeFacts(type, t).join(" · ")}</p>
      {write ? (
        <p className="no-print mt-1">
          <LinkButton size="sm" href={`/templates/new?type=${type}`} aria-label={t("begin", { name })}>
            {t("write")}
          </LinkButton>
        </p>
      ) : null}
    </li>
  );
}
