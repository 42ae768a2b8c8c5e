import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import type { ChannelState } from "@/lib/channels/schema";

const kinds: Readonly<Record<ChannelState, StatusKind>> = {
  preparing: "waiting",
  live: "ok",
  ending: "note",
  ended: "off",
};

/** Shape and word of a channel's state. */
export function ChannelStatus({ state, pill }: { state: ChannelState; pill?: boolean }) {
  const t = useTranslations("channels");
  return (
    <Status kind={kinds[state]} pill={pill}>
      {t(`states.${state}`)}
    </Status>
  );
}
