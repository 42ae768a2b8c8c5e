import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { FilterBar } from "@/components/ui/filter-bar";
import type { FormAction } from "@/lib/action";
import type { PlacementChoices } from "@/lib/placements/schema";
import type { PresenceCounts, PresenceFilters } from "@/lib/placements/schema/presence";

const verdicts = ["left", "missing", "old-links", "unknown", "waiting", "fine"] as const;

/** What the list is narrowed to, each verdict with its count, and the act that asks for all of it now. */
export function PresenceBar({
  filters,
  counts,
  choices,
  action,
}: {
  filters: Pick<PresenceFilters, "verdict" | "channel" | "owner">;
  counts: PresenceCounts;
  choices: PlacementChoices;
  action: FormAction | null;
}) {
  const t = useTranslations("placements");
  const f = useTranslations("form");
  const { channel, owner } = filters;
  const narrowed = Object.values(filters).some((value) => value !== "");
  const to = (verdict: string) =>
    `/placements/presence?${new URLSearchParams(Object.entries({ channel, owner, verdict }).filter(([, value]) => value !== ""))}`;
  return (
    <>
      <FilterBar
        action="/placements/presence"
        label={t("presence.filters")}
        keep={{ verdict: filters.verdict }}
        selects={[
          {
            name: "channel",
            label: t("column.channel"),
            value: channel,
            options: choices.channels.map(({ id, name }) => ({ value: id, label: name })),
          },
          {
            name: "owner",
            label: t("column.owner"),
            value: owner,
            options: choices.owners.map(({ id, name }) => ({ value: id, label: name })),
          },
        ]}
        chips={verdicts.map((verdict) => ({
          href: to(filters.verdict === verdict ? "" : verdict),
          label: `${t(`presence.verdict.${verdict}`)} ${counts[verdict]}`,
          current: filters.verdict === verdict,
        }))}
        clear={narrowed ? "/placements/presence" : undefined}
      />
      {action ? (
        <ActionForm action={action} summary={t("new.check")} working={f("working")} className="mb-4">
          {Object.entries(filters).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <SubmitButton variant="default">{t(narrowed ? "presence.checkThese" : "presence.checkAll")}</SubmitButton>
        </ActionForm>
      ) : null}
    </>
  );
}
