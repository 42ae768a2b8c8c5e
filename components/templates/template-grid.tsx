import { getTranslations } from "next-intl/server";
import { Link } from "@/components/ui/link";
import type { MediaFacts } from "@/lib/templates/rules/report";
import type { TemplateContent } from "@/lib/templates/schema/content";
import type { ListedTemplate } from "@/lib/templates/schema/list";
import { bubbleWords } from "./bubble-words";
import { MessageBubble } from "./message-bubble";
import { TemplateStatus } from "./template-status";

/** The library as its readers get it: a bubble for each template, with its name and state. */
export async function TemplateGrid({
  templates,
  contents,
  media,
}: {
  templates: readonly ListedTemplate[];
  contents: ReadonlyMap<string, TemplateContent>;
  media: ReadonlyMap<string, MediaFacts>;
}) {
  const t = await getTranslations("templates.list");
  const drawn = await Promise.all(
    templates.map(async (template) => ({
      template,
      content: contents.get(template.id),
      words: await bubbleWords(template.channelName ?? t("everyChannel"), template.type),
    })),
  );
  return (
    <ul aria-label={t("name")} className="grid grid-cols-[repeat(auto-fill,minmax(17.5rem,1fr))] items-start gap-6">
      {drawn.map(({ template, content, words }) => (
        <li key={template.id} className="min-w-0">
          <p className="mb-2 flex flex-wrap items-baseline justify-between gap-x-3">
            <Link className="name font-medium" href={`/templates/${template.id}`}>
              {template.name}
            </Link>
            <TemplateStatus state={template.state} />
          </p>
          {content ? <MessageBubble content={content} view="sample" media={media} words={words} bare /> : null}
        </li>
      ))}
    </ul>
  );
}
