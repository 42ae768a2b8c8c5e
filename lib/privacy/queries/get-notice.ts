import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import type { TextComparison } from "../rules/notice-comparison";
import type { FrozenFacts } from "../rules/notice-content";
import { type NoticeStepKind, noticeState, seenAt } from "../rules/notice-life";
import type { NoticeStepView, NoticeVersionView, NoticeView } from "../rules/notice-view";
import type { NoticeWeight } from "../schema/notice";
import { noticeFactsOf } from "./notice-facts";

/** At most so many versions are shown. */
const most = 200;

/** A channel's notice with its versions and steps; without versions where it has none. Null for an unknown channel. @throws Forbidden */
export function getNotice(actor: Actor, channelId: string, now: Date): Promise<NoticeView | null> {
  return read(actor, "notice:read", async (tx) => {
    if (!z.uuid().safeParse(channelId).success) return null;
    const channel = await tx.channel.findUnique({
      where: { id: channelId },
      select: { id: true, name: true, searchId: true, goLive: { select: { channelId: true } }, end: true },
    });
    if (!channel) return null;
    const facts = (await noticeFactsOf(tx, [channelId], now)).get(channelId);
    if (!facts) return null;
    const notice = await tx.notice.findFirst({ where: { channelId }, select: { id: true } });
    const versions = notice ? await versionsOf(tx, notice.id) : [];
    const { id, name, searchId } = channel;
    return {
      id: notice?.id ?? null,
      channel: { id, name, searchId, live: channel.goLive !== null && channel.end === null },
      ...{ versions, seen: seenAt(versions, now), facts },
    };
  });
}

/** Versions of a notice, newest first. */
async function versionsOf(tx: Tx, noticeId: string): Promise<NoticeVersionView[]> {
  const rows = await tx.noticeVersion.findMany({
    where: { noticeId },
    orderBy: { number: "desc" },
    take: most,
    include: {
      saves: {
        orderBy: { number: "desc" },
        select: {
          personId: true,
          number: true,
          at: true,
          source: true,
          hours: true,
          summary: true,
          weight: true,
          hash: true,
        },
      },
      steps: {
        orderBy: [{ at: "asc" }, { id: "asc" }],
        include: { file: { select: { id: true, name: true, sha256: true } } },
      },
    },
  });
  const persons = await tx.person.findMany({
    where: {
      id: {
        in: [...new Set(rows.flatMap(({ saves, steps }) => [...saves, ...steps].map(({ personId }) => personId)))],
      },
    },
    select: { id: true, name: true },
  });
  const name = (id: string) => persons.find((person) => person.id === id)?.name ?? "";
  const facts = rows.map(({ id, number, saves, steps }) => ({ id, number, hash: saves[0]?.hash ?? "", steps }));
  return rows.map((row): NoticeVersionView => {
    const [newest] = row.saves;
    if (!newest) throw new Error(`Version ${row.number} of notice ${noticeId} was never saved`);
    const { source, hours, summary, hash } = newest;
    const frozen = row.steps.findLast(({ kind }) => kind === "approved" || kind === "submitted");
    return {
      ...{ id: row.id, number: row.number, save: row.save, hash },
      words: { source, hours, summary, weight: newest.weight as NoticeWeight },
      state: noticeState({ id: row.id, number: row.number, hash, steps: row.steps }, facts),
      ...{ savedBy: name(newest.personId), savedAt: newest.at },
      authorIds: [...new Set(row.saves.map(({ personId }) => personId))],
      steps: row.steps.map(
        (step): NoticeStepView => ({
          ...{ id: step.id, kind: step.kind as NoticeStepKind, hash: step.hash, at: step.at, by: name(step.personId) },
          ...{ personId: step.personId, note: step.note, ticket: step.ticket, doneOn: toDay(step.doneOn) },
          ...{ text: step.text, textHash: step.textHash, evidence: step.evidence as NoticeStepView["evidence"] },
          comparison: step.evidence === "pasted" ? (step.facts as TextComparison | null) : null,
          file: step.file,
        }),
      ),
      frozen:
        frozen?.text == null
          ? null
          : { text: frozen.text, textHash: frozen.textHash, facts: frozen.facts as unknown as FrozenFacts },
    };
  });
}
