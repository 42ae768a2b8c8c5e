import { useTranslations } from "next-intl";
import { Panel, PanelPart } from "@/components/ui/panel";
import { blocksReset } from "@/lib/channels/rules/blocks";

/** Guide 3-3 in its own words, and what follows from a user_key being known only once somebody comes back (field-facts 1.6). */
export function BlockGuide() {
  const t = useTranslations("channels");
  return (
    <Panel title={t("blocks.guide.title")}>
      <PanelPart>
        <blockquote className="border-l-2 border-line-2 pl-2.5 text-xs" lang="ko">
          {blocksReset.quote}{" "}
          <cite className="text-fg-3 not-italic">{t("blocks.guide.section", { section: blocksReset.section })}</cite>
        </blockquote>
        <p className="hint mt-2">{t("blocks.guide.body")}</p>
      </PanelPart>
    </Panel>
  );
}
