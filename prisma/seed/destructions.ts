// The demonstration's destructions: what fell due up to a week ago was destroyed in two runs, what is due now waits for a second person.
import { externalHash } from "@/lib/archive/seal";
import type { AuditEntry } from "@/lib/audit/record";
import type { Actor, JobActor, PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, addMonths, type Day, kstDay, kstDayStart, weekday } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { holdDigest, policyDigest, targetsOf } from "@/lib/retention/commands/destruction-facts";
import { nextLedgerNumber } from "@/lib/retention/commands/finish-destruction";
import { destructionNumber, frozenDigest, guardOf, hex, validMs } from "@/lib/retention/rules/destruction";
import { seededId } from "./channels";
import { workingDay } from "./ledger";
import { recordPastEvent } from "./past-event";
import { randomOf } from "./random";

export type DestructionContext = {
  now: Date;
  /** Asks and runs. */
  officer: PersonActor;
  /** Agrees. */
  admin: PersonActor;
  channelId: (searchId: string) => string;
  /** The policy version by which these consultations were kept. */
  versionId: string;
};

type Item = { id: string; externalId: string; openedOn: Day; dueOn: Day; messages: number; files: number };
type Run = { day: Day; items: Item[]; dealer: boolean };

const channel = "한결멤버십";
/** As many were kept when these runs were prepared. */
const stored = 418;

/** Two runs of the past month. What the consultations were is gone: their items, steps, ledger and counts are what is left. */
export async function seedDestructions(context: DestructionContext): Promise<void> {
  const today = kstDay(context.now);
  const second = workingDay(addDays(today, -8));
  const first = workingDay(addDays(second, -6));
  await writeRun(context, { day: first, items: itemsDue(context, addDays(today, -29), first), dealer: true });
  await writeRun(context, { day: second, items: itemsDue(context, first, second), dealer: false });
}

/** Consultations whose last day was in `[from, until)`, none that began at a weekend: they ended a year before. */
function itemsDue({ officer }: DestructionContext, from: Day, until: Day): Item[] {
  const items: Item[] = [];
  for (let dueOn = from; dueOn < until; dueOn = addDays(dueOn, 1)) {
    const random = randomOf(`destroyed ${dueOn}`);
    const openedOn = addMonths(dueOn, -12);
    const count = weekday(openedOn) % 6 === 0 ? 0 : 1 + Math.floor(random() * 2);
    for (let n = 0; n < count; n += 1) {
      const externalId = String(118_000_000 + Math.floor(random() * 2_000_000));
      const id = seededId(officer.organizationId, "destroyed", dueOn, String(n));
      items.push({ id, externalId, openedOn, dueOn, messages: 4 + Math.floor(random() * 5), files: 0 });
    }
  }
  return items;
}

async function writeRun(context: DestructionContext, run: Run): Promise<void> {
  const { officer, admin } = context;
  const { organizationId } = officer;
  const id = seededId(organizationId, "destruction", run.day);
  const job: JobActor = { kind: "job", name: "destructions", organizationId };
  const at = (minute: number) => new Date(kstDayStart(run.day).getTime() + minute * 60_000);
  const target = { kind: "destruction", id };
  await ingest(officer, "destruction:request", async (tx) => {
    const { number, digest, sums } = await writePreview(tx, context, { ...run, id }, at(9 * 60 + 41));
    const { sessions, files, messages } = sums;
    const guard = guardOf(sessions, stored, sessions);
    const step = async (
      actor: Actor,
      kind: "requested" | "approved" | "started" | "finished",
      when: Date,
      note = "",
    ) => {
      const personId = actor.kind === "person" ? actor.personId : null;
      await tx.destructionStep.create({
        data: { organizationId, destructionId: id, kind, digest, note, personId, at: when },
      });
      if (kind === "finished") return;
      const body = { number, digest, sessions, files, guard };
      await recordPastEvent(tx, actor, when, { action: `destruction.${kind}`, target, body });
    };
    await step(officer, "requested", at(9 * 60 + 44));
    await step(admin, "approved", at(11 * 60 + 8), "목록과 보존 조치를 확인했습니다.");
    await step(officer, "started", at(11 * 60 + 21));
    const done = at(11 * 60 + 22);
    const ids = hex(
      run.items
        .map((one) => one.id)
        .sort()
        .join("\n"),
    );
    const days = new Set(run.items.map(({ dueOn }) => dueOn));
    await recordPastEvent(tx, job, done, {
      ...{ action: "destruction.batch", target },
      body: { number, sessions, messages, held: 0, files, rings: days.size, ids },
    });
    await step(job, "finished", new Date(done.getTime() + 4_000));
    await recordPastEvent(tx, job, new Date(done.getTime() + 4_000), {
      ...{ action: "destruction.finished", target },
      body: { number, sessions, files, held: 0, pending: 0, digest: ids },
    });
    await writeRemains(tx, context, { ...run, id }, done);
    await writeEntry(tx, context, { ...run, id }, { digest: ids, at: done });
    await destroyRings(tx, job, [...days], new Date(kstDayStart(addDays(run.day, 1)).getTime() + 70 * 60_000));
    if (run.dealer) await askDealer(tx, context, { id, number, digest, day: run.day });
  });
}

type Kept = Run & { id: string };

async function writePreview(tx: Tx, context: DestructionContext, run: Kept, at: Date) {
  const { officer, channelId, versionId } = context;
  const { organizationId, personId } = officer;
  const { id, day, items } = run;
  const dueThrough = addDays(day, -1);
  const number = destructionNumber(day, 1);
  const [policies, holds] = [await policyDigest(tx), await holdDigest(tx)];
  const data = {
    ...{ id, organizationId, number, kind: "routine", dueThrough: new Date(dueThrough), policyDigest: policies },
    ...{ holdDigest: holds, held: 0, keptByLaw: 0, stored: BigInt(stored), forecast: items.length },
    ...{ preparedBy: personId, preparedAt: at, validUntil: new Date(at.getTime() + validMs) },
  };
  const messages = items.reduce((sum, one) => sum + one.messages, 0);
  const counts = { sessions: items.length, files: 0, messages };
  const targetDigest = hex(
    items
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((one) => `session ${one.id} ${one.dueOn} ${one.messages} ${one.files}`)
      .join("\n"),
  );
  const said = { id, kind: "routine", dueThrough, policyDigest: policies, holdDigest: holds } as const;
  const digest = frozenDigest({ ...said, targetDigest, ...counts, held: 0, keptByLaw: 0 });
  const guard = guardOf(items.length, stored, items.length);
  await tx.destruction.create({ data: { ...data, targetDigest, digest, ...counts, guard } });
  await tx.destructionItem.createMany({
    data: items.map((one) => ({
      ...{ organizationId, destructionId: id, kind: "session", subjectId: one.id, channelId: channelId(channel) },
      ...{ category: "general", policyVersionId: versionId, messages: one.messages, files: one.files },
      ...{ openedOn: new Date(one.openedOn), dueOn: new Date(one.dueOn), ring: `due-${one.dueOn}` },
      ...{ state: "destroyed", doneAt: new Date(kstDayStart(day).getTime() + (11 * 60 + 22) * 60_000) },
    })),
  });
  const sums = await targetsOf(tx, id);
  if (sums.digest !== targetDigest) throw new Error("The demonstration's preview does not agree with its items");
  await recordPastEvent(tx, officer, at, {
    action: "destruction.prepared",
    target: { kind: "destruction", id },
    body: {
      ...{ number, kind: "routine", dueThrough, digest, guard, ...counts, held: 0, keptByLaw: 0, reason: hex("") },
    },
  });
  return { number, digest, sums };
}

/** What is left of each: its tombstone, and its part in the counts of its day. */
async function writeRemains(tx: Tx, context: DestructionContext, { id, items }: Kept, at: Date): Promise<void> {
  const { organizationId } = context.officer;
  const channelId = context.channelId(channel);
  const of = { organizationId, channelId };
  await tx.tombstone.createMany({
    data: items.map((one) => ({
      ...{ ...of, sessionId: one.id, destructionId: id, at },
      externalHash: Uint8Array.from(externalHash(organizationId, channelId, one.externalId)),
    })),
  });
  for (const day of new Set(items.map(({ openedOn }) => openedOn))) {
    const there = items.filter(({ openedOn }) => openedOn === day);
    const messages = there.reduce((sum, one) => sum + one.messages, 0);
    const counts = { sessions: there.length, returning: 0, messages };
    await tx.destroyedDay.create({
      data: { ...of, day: new Date(day), category: "general", extra: "pl_mem_faq", ...counts },
    });
  }
}

async function writeEntry(
  tx: Tx,
  { officer, admin }: DestructionContext,
  { id, day, items }: Kept,
  { digest, at }: { digest: string; at: Date },
): Promise<void> {
  const { organizationId, personId } = officer;
  const { backupNote } = await tx.retentionSetting.findUniqueOrThrow({ where: { organizationId } });
  const opened = items.map(({ openedOn }) => openedOn).sort();
  await tx.ledgerEntry.create({
    data: {
      ...{ id: seededId(id, "ledger"), organizationId, number: await nextLedgerNumber(tx, organizationId, day) },
      ...{ fileName: "상담 기록", material: "electronic", count: items.length, destroyedOn: new Date(day), at },
      ...{ madeFrom: new Date(opened[0] ?? day), madeTo: new Date(opened.at(-1) ?? day), reason: "period-over" },
      ...{ method: "key-destroyed", handledBy: personId, approvedBy: admin.personId, destructionId: id, digest },
      backupNote,
    },
  });
}

/** The night after, nothing hangs on these rings any more. */
async function destroyRings(tx: Tx, job: JobActor, days: readonly Day[], at: Date): Promise<void> {
  const { organizationId } = job;
  for (const name of days.map((day) => `due-${day}`)) {
    const fingerprint = hex(seededId(organizationId, name));
    const id = seededId(organizationId, "ring", name);
    await tx.ringDestruction.create({ data: { id, organizationId, name, fingerprint, at, fileGoneAt: at } });
    const sweeper = { ...job, name: "rings" };
    const entry: AuditEntry = { action: "ring.destroyed", target: { kind: "ring", id: name }, body: { fingerprint } };
    await recordPastEvent(tx, sweeper, at, entry);
  }
}

async function askDealer(
  tx: Tx,
  { officer }: DestructionContext,
  run: { id: string; number: string; digest: string; day: Day },
): Promise<void> {
  const { organizationId, personId } = officer;
  for (const [kind, later, note] of [
    ["dealer-asked", 0, "같은 기간의 상담 사본을 지워 달라고 메일로 요청했습니다."],
    ["dealer-confirmed", 3, "지웠다는 회신을 받았습니다."],
  ] as const) {
    const on = workingDay(addDays(run.day, later));
    const at = new Date(kstDayStart(on).getTime() + (14 * 60 + 5) * 60_000);
    await tx.destructionStep.create({
      data: {
        ...{ organizationId, destructionId: run.id, kind, digest: run.digest, personId, at },
        note: JSON.stringify({ on, note }),
      },
    });
    const body = { number: run.number, on, note: hex(note) };
    await recordPastEvent(tx, officer, at, {
      action: `destruction.${kind}`,
      target: { kind: "destruction", id: run.id },
      body,
    });
  }
}
