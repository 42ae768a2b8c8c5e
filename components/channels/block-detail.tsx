import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/ui/key-value";
import { Section } from "@/components/ui/section";
import type { StatusKind } from "@/components/ui/status";
import { Missing, Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import type { BlockMarkKind, BlockState } from "@/lib/channels/schema/blocks";
import { type Day, dayAndTime, fullDay } from "@/lib/clock";

export type BlockSheet = {
  id: string;
  label: string;
  reason: string;
  blockedOn: Day | null;
  state: BlockState;
  returnedAt: Date | null;
  version: number;
  addedAt: Date;
  addedBy: string;
  userKey: { known: boolean; clear: string | null; handle: string };
  marks: readonly { id: string; kind: BlockMarkKind; note: string; by: string; at: Date }[];
  consults: readonly { id: string; openedAt: Date; endedAt: Date | null }[];
};

const kinds: Readonly<Record<BlockMarkKind, StatusKind>> = {
  identified: "note",
  blocked: "ok",
  dropped: "off",
  reopened: "waiting",
};

/** What is known of the person. */
export function BlockFacts({ entry, now }: { entry: BlockSheet; now: Date }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const { userKey } = entry;
  return (
    <Section title={t("blocks.detail.facts")}>
      <KeyValue
        rows={[
          [t("blocks.fields.reason"), entry.reason || <Missing key="reason" what="field" />],
          [
            t("blocks.fields.blockedOn"),
            entry.blockedOn ? fullDay(entry.blockedOn, locale) : <Missing key="blockedOn" what="field" />,
          ],
          [
            t("blocks.fields.userKey"),
            userKey.clear === null ? (
              t(userKey.known ? "blocks.userKeyKnown" : "blocks.userKeyUnknown", { handle: userKey.handle.slice(0, 8) })
            ) : (
              <Mono key="userKey">{userKey.clear}</Mono>
            ),
          ],
          [
            t("blocks.fields.added"),
            <span key="added">
              {entry.addedBy} · <Time at={entry.addedAt} as="full" now={now} />
            </span>,
          ],
        ]}
      />
    </Section>
  );
}

/** What was done, and when the user consulted. */
export function BlockMarks({ entry, now }: { entry: BlockSheet; now: Date }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const time = (at: Date) => dayAndTime(at, locale, now);
  return (
    <>
      <Section title={t("blocks.detail.marks")}>
        {entry.marks.length === 0 ? (
          <p className="hint">{t("blocks.detail.noMarks")}</p>
        ) : (
          <Timeline
            moments={entry.marks.map((mark) => ({
              key: mark.id,
              kind: kinds[mark.kind],
              title: (
                <>
                  {t(`blocks.marks.${mark.kind}`)} · {mark.by} · <Time at={mark.at} now={now} />
                </>
              ),
              note: mark.note || undefined,
            }))}
          />
        )}
      </Section>
      {entry.userKey.known ? (
        <Section title={t("blocks.detail.consults")}>
          {entry.consults.length === 0 ? (
            <p className="hint">{t("blocks.detail.consultsNone")}</p>
          ) : (
            <ul className="text-sm">
              {entry.consults.map(({ id, openedAt, endedAt }) => (
                <li key={id} className="py-1">
                  {endedAt
                    ? t("blocks.detail.consultEnded", { at: time(openedAt), end: time(endedAt) })
                    : t("blocks.detail.consultOpen", { at: time(openedAt) })}
                </li>
              ))}
            </ul>
          )}
        </Section>
      ) : null}
    </>
  );
}
