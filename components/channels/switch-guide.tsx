import { useTranslations } from "next-intl";
import { Panel, PanelPart } from "@/components/ui/panel";
import { oneDealer } from "@/lib/channels/rules/switch";

/** Why a switch has an order, and what stays as it is. */
export function SwitchGuide({ searchId }: { searchId: string }) {
  const t = useTranslations("channels");
  return (
    <>
      <Panel title={t("switch.why.title")}>
        <PanelPart>
          <p className="text-sm">{t("switch.sub")}</p>
          <p className="hint mt-1">{t("switch.why.code", oneDealer)}</p>
          <p className="hint mt-1">{t("switch.why.profile")}</p>
        </PanelPart>
      </Panel>
      <Panel title={t("switch.why.keep")}>
        <PanelPart>
          <p className="hint">{t("switch.why.keepBody", { searchId })}</p>
        </PanelPart>
      </Panel>
    </>
  );
}
