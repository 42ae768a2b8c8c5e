import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import type { BlockState } from "@/lib/channels/schema/blocks";

const kinds: Readonly<Record<BlockState, StatusKind>> = { due: "bad", waiting: "off", blocked: "ok", dropped: "note" };

/** State of an entry of the block list, as shape and word. */
export function BlockStatus({ state, pill }: { state: BlockState; pill?: boolean }) {
  const t = useTranslations("channels");
  return (
    <Status kind={kinds[state]} pill={pill}>
      {t(`blocks.states.${state}`)}
    </Status>
  );
}
