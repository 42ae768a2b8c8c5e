import { Hash } from "@/components/ui/text";
import type { MediaFacts } from "@/lib/templates/rules/report";
import type { TemplateSideFact } from "@/lib/templates/rules/sides";
import { bubbleWords } from "./bubble-words";
import { MessageBubble } from "./message-bubble";

/** One side of a comparison: which version it is, and its bubble. */
export async function TemplateSide({
  title,
  side,
  media,
  channel,
}: {
  title: string;
  side: TemplateSideFact;
  media: ReadonlyMap<string, MediaFacts>;
  channel: string;
}) {
  const words = await bubbleWords(channel, side.content.type);
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-2 flex items-baseline gap-2 text-sm font-semibold">
        {title}
        <span className="font-normal text-fg-3">
          <Hash value={side.hash} head={8} tail={4} />
        </span>
      </h3>
      <MessageBubble content={side.content} view="sample" media={media} words={words} />
    </section>
  );
}
