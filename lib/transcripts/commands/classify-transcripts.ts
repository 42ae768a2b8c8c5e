// What a person says of consultations: their category, the day a case was closed or a transaction ended. Each act reckons anew until when they are kept.
import { recordAccess } from "@/lib/archive/access";
import { reckonSessions } from "@/lib/archive/reckoning";
import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import type { Classify, MarkAnchor } from "../schema/reading";
import { lockTranscript, lockTranscripts } from "./transcript-lock";

/** Classifies up to 200 consultations in one change. @throws NotFound when one of them is not there: then none is */
export async function classifyTranscripts(actor: PersonActor, { ids, category }: Classify, now: Date): Promise<number> {
  return change(actor, "transcript:classify", async (tx, record) => {
    const sessions = await lockTranscripts(tx, ids);
    const { organizationId, personId } = actor;
    const locked = sessions.map(({ id }) => id);
    await tx.sessionMark.createMany({
      data: locked.map((sessionId) => ({ organizationId, sessionId, kind: "category", category, personId, at: now })),
    });
    await tx.consultSession.updateMany({ where: { id: { in: locked } }, data: { category, reckoned: 0 } });
    await reckonSessions(tx, organizationId, locked, now);
    const [first] = sessions;
    await recordAccess(
      tx,
      record,
      actor,
      { action: "classify", sessions, detail: { category, count: sessions.length, ids: locked } },
      sessions.length === 1 && first
        ? { kind: "transcript", id: first.id }
        : { kind: "organization", id: organizationId },
    );
    return sessions.length;
  });
}

/** Says when the case was closed or the transaction ended; the newest word counts. @throws NotFound; Refused for a day to come or before it began */
export async function markAnchor(actor: PersonActor, { sessionId, kind, on }: MarkAnchor, now: Date): Promise<void> {
  await change(actor, "transcript:classify", async (tx, record) => {
    const { id, handle, openedAt } = await lockTranscript(tx, sessionId);
    if (on > kstDay(now)) throw new Refused("transcripts.reading.dayToCome", "on");
    if (on < kstDay(openedAt)) throw new Refused("transcripts.reading.dayBefore", "on");
    const { organizationId, personId } = actor;
    const day = new Date(`${on}T00:00:00Z`);
    await tx.sessionMark.create({ data: { organizationId, sessionId: id, kind, on: day, personId, at: now } });
    const anchor = kind === "case-closed" ? { caseClosedOn: day } : { transactionOn: day };
    await tx.consultSession.update({ where: { id }, data: { ...anchor, reckoned: 0 } });
    await reckonSessions(tx, organizationId, [id], now);
    await recordAccess(
      tx,
      record,
      actor,
      { action: "classify", sessions: [{ id, handle }], detail: { kind, on } },
      { kind: "transcript", id },
    );
  });
}
