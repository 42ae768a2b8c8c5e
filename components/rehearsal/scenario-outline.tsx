import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import { labelOf } from "@/lib/rehearsal/rules/draw-scenario";
import type { ScenarioNode } from "@/lib/rehearsal/schema/scenario";
import type { ScenarioView } from "@/lib/rehearsal/schema/view";

/** The same as the drawing, in words: every node with what it says and where it leads. */
export function ScenarioOutline({ scenario: { content, templates } }: { scenario: ScenarioView }) {
  const t = useTranslations("rehearsal");
  const byId = new Map(content.nodes.map((node) => [node.id, node]));
  const named = (id: string) => {
    const node = byId.get(id);
    return node ? labelOf(node, templates) || t(`kind.${node.kind}`) : id;
  };
  const way = (to: string, label?: string) => (
    <>
      {label ? `${label} → ` : "→ "}
      <a className="underline underline-offset-2" href={`#node-${to}`}>
        {named(to)}
      </a>
    </>
  );
  return (
    <Section title={t("outline")} count={content.nodes.length}>
      <ol className="grid gap-4">
        {content.nodes.map((node) => (
          <li key={node.id} id={`node-${node.id}`} className="scenario-node">
            <p className="text-xs text-fg-3">
              {t(`kind.${node.kind}`)}
              {node.id === content.start ? ` · ${t("start")}` : null}
            </p>
            {node.name ? <p className="font-medium">{node.name}</p> : null}
            {"text" in node && node.text ? <p className="whitespace-pre-line">{node.text}</p> : null}
            {node.kind === "answer" && node.templateId ? (
              <p>
                {t("field.template")}: {templates.get(node.templateId) ?? t("unknownTemplate")}
              </p>
            ) : null}
            <Ways node={node} way={way} words={{ open: t("way.open"), closed: t("way.closed") }} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Ways({
  node,
  way,
  words,
}: {
  node: ScenarioNode;
  way: (to: string, label?: string) => React.ReactNode;
  words: Readonly<Record<"open" | "closed", string>>;
}) {
  if (node.kind === "menu")
    return (
      <ul className="mt-1 text-sm">
        {node.choices.map(({ label, keywords, to }) => (
          <li key={`${label} ${to}`}>{way(to, keywords.length > 0 ? `${label} (${keywords.join(", ")})` : label)}</li>
        ))}
      </ul>
    );
  if (node.kind === "answer") return node.next ? <p className="mt-1 text-sm">{way(node.next)}</p> : null;
  if (node.kind === "hours")
    return (
      <ul className="mt-1 text-sm">
        <li>{way(node.open, words.open)}</li>
        <li>{way(node.closed, words.closed)}</li>
      </ul>
    );
  return null;
}
