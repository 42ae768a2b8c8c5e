import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ListedRehearsal } from "@/lib/rehearsal/schema/rehearsal";

export function RehearsalTable({ rehearsals, now }: { rehearsals: readonly ListedRehearsal[]; now: Date }) {
  const t = useTranslations("rehearsal.run");
  return (
    <Table
      caption={t("title")}
      head={
        <>
          <Th>{t("channel")}</Th>
          <Th>{t("state")}</Th>
          <Th numeric phone="hide">
            {t("progress")}
          </Th>
          <Th numeric>{t("startedAt")}</Th>
        </>
      }
    >
      {rehearsals.map((one) => {
        const { kind, key } = rehearsalState(one);
        return (
          <Tr key={one.id}>
            <TdName href={`/rehearsal/${one.id}`} second={`${t(`formatOf.${one.format}`)} · ${one.personName}`}>
              {one.channelName}
            </TdName>
            <Td>
              <Status kind={kind}>{t(`stateOf.${key}`)}</Status>
              {key === "stale" ? (
                <span className="t2">{one.changed.map((part) => t(`part.${part}`)).join(", ")}</span>
              ) : null}
            </Td>
            <Td numeric nowrap phone="hide">
              {t("progressOf", { done: one.done, of: one.of })}
            </Td>
            <Td numeric nowrap>
              <Time at={one.at} now={now} />
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}

/** Where a rehearsal stands: what was finished counts while nothing that it was walked with has changed. */
export function rehearsalState({ outcome, changed }: Pick<ListedRehearsal, "outcome" | "changed">): {
  kind: StatusKind;
  key: "open" | "finished" | "stale" | "given-up";
} {
  if (outcome === null) return { kind: "waiting", key: "open" };
  if (outcome === "given-up") return { kind: "off", key: "given-up" };
  return changed.length > 0 ? { kind: "warn", key: "stale" } : { kind: "ok", key: "finished" };
}
