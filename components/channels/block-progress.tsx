import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { KeyValue } from "@/components/ui/key-value";
import { Panel, PanelPart } from "@/components/ui/panel";
import { type BlockCounts, blockProgress } from "@/lib/channels/rules/blocks";
import { blockStates } from "@/lib/channels/schema/blocks";

/** How far a channel's blocks are set again; a small panel for the rail. `live`: before going live they are only kept; `link`: to the list. */
export function BlockProgress({
  channelId,
  counts,
  live,
  link = true,
}: {
  channelId: string;
  counts: BlockCounts;
  live: boolean;
  link?: boolean;
}) {
  const t = useTranslations("channels");
  const { done, of, all } = blockProgress(counts);
  const sentence =
    all === 0
      ? t("blocks.progress.none")
      : live
        ? t("blocks.progress.done", { done, of })
        : t("blocks.progress.saved", { all });
  return (
    <Panel
      title={t("blocks.progress.title")}
      aside={all > 0 && live ? `${done} / ${of}` : undefined}
      footer={
        link ? (
          <LinkButton
            size="sm"
            href={counts.due > 0 ? `/channels/${channelId}/blocks?state=due` : `/channels/${channelId}/blocks`}
          >
            {t("blocks.progress.open")}
          </LinkButton>
        ) : undefined
      }
    >
      <PanelPart>
        <p className="text-sm">{sentence}</p>
        {all > 0 && live ? (
          <div className="mt-2">
            <KeyValue
              rows={blockStates
                .filter((state) => counts[state] > 0)
                .map((state) => [
                  t(`blocks.states.${state}`),
                  <BlockCount key={state} state={state} count={counts[state]} />,
                ])}
            />
          </div>
        ) : null}
      </PanelPart>
    </Panel>
  );
}

function BlockCount({ state, count }: { state: (typeof blockStates)[number]; count: number }) {
  return state === "due" ? <b className="font-bold text-bad">{count}</b> : count;
}
