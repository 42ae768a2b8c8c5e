import { useTranslations } from "next-intl";
import { Code } from "@/components/ui/code";
import { ConsultButton } from "@/components/ui/consult-button";
import { Section } from "@/components/ui/section";
import { buttonAddress, consultUrl, embedSnippet, linkSnippet } from "@/lib/placements/rules";
import type { PlacementRow } from "@/lib/placements/schema";
import { Copy } from "./placement-addresses";

/** What a page puts in: the loader or a plain link, and how it looks. */
export function PlacementEmbed({ placement, origin }: { placement: PlacementRow; origin: string }) {
  const t = useTranslations("placements");
  const address = placement.mode === "direct" ? consultUrl(placement) : buttonAddress(origin, placement.code);
  const snippets = [
    ["script", embedSnippet(origin, placement.code)],
    ["link", linkSnippet(address)],
  ] as const;
  return (
    <Section title={t("embed.title")} note={t("embed.note")}>
      {snippets.map(([kind, text]) => (
        <div key={kind} className="mb-3">
          <div className="mb-1 flex items-center justify-between gap-3">
            <h3 className="text-sm font-medium">{t(`embed.${kind}`)}</h3>
            <Copy text={text} />
          </div>
          <Code label={t(`embed.${kind}`)}>{text}</Code>
        </div>
      ))}
      <p className="hint mb-3">{t("embed.policy", { origin })}</p>
      <h3 className="mb-1 text-sm font-medium">{t("embed.preview")}</h3>
      <ConsultButton />
    </Section>
  );
}
