// What runs by itself: reminders of contract deadlines.
import type { JobActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { type Day, daysBetween, dayWithWeekday, kstDay } from "@/lib/clock";
import { fromDay, toDay } from "@/lib/day-column";
import { dealerBySlug } from "@/lib/dealers/directory";
import { env } from "@/lib/env";
import { sentence } from "@/lib/messages";
import { type OutboundLetter, queueMail } from "@/lib/outbox";
import { deadlineReaders, type WatchedRow, watchedContracts } from "./queries/watched-contracts";
import { dueStep, type OpenDeadline, openDeadlines } from "./rules/reminders";

type Due = OpenDeadline & { contract: WatchedRow; step: number };

/**
 * Tells administrators and officers by mail of the deadlines whose step has come (90, 60, 30, 7 and 0 days before), each once: the row that
 * says so and the letters are one transaction. Nobody is told of what is decided, put off or ended. Days that were missed are caught up
 * with the nearest step alone.
 * @returns one line for the ledger
 */
export async function remindContracts(actor: JobActor, now: Date): Promise<string> {
  const today = kstDay(now);
  const due = await read(actor, "deadline:remind", async (tx) => {
    const found = dueOn(await watchedContracts(tx, today), today);
    const told = await tx.reminder.findMany({ where: { deadlineOn: { gte: fromDay(today) } } });
    const gone = new Set(told.map((row) => keyOf(row.contractId, row.kind, toDay(row.deadlineOn), row.daysBefore)));
    return found.filter(({ contract, kind, on, step }) => !gone.has(keyOf(contract.id, kind, on, step)));
  });
  if (due.length === 0) return "0 reminders";
  const readers = await read(actor, "deadline:remind", (tx) => deadlineReaders(tx, actor.organizationId, now));
  if (readers.length === 0) return `${due.length} reminders wait: nobody to tell`;
  return change(actor, "deadline:remind", async (tx, record) => {
    const { organizationId } = actor;
    const made = await tx.reminder.createManyAndReturn({
      data: due.map(({ contract, kind, on, step }) => ({
        ...{ organizationId, contractId: contract.id, kind, deadlineOn: fromDay(on), daysBefore: step, at: now },
      })),
      skipDuplicates: true,
    });
    const fresh = new Set(made.map((row) => `${row.contractId} ${row.kind}`));
    const told = due.filter(({ contract, kind }) => fresh.has(`${contract.id} ${kind}`));
    const letters = told.length > 0 ? readers.map((reader) => letterTo(reader, told, now)) : [];
    if (letters.length > 0) await queueMail(tx, organizationId, ...letters);
    await record({
      action: "deadline.reminded",
      target: { kind: "organization", id: organizationId },
      body: { day: today, reminders: told.length, letters: letters.length },
    });
    return `${told.length} reminders, ${letters.length} letters`;
  });
}

const keyOf = (...parts: (string | number)[]) => parts.join(" ");

function dueOn(contracts: readonly WatchedRow[], today: Day): Due[] {
  const due = contracts.flatMap((contract) =>
    openDeadlines(contract, today).flatMap((deadline): Due[] => {
      const step = dueStep(deadline, contract.snoozes, today);
      return step === null ? [] : [{ ...deadline, contract, step }];
    }),
  );
  return due.sort((a, b) => a.on.localeCompare(b.on) || a.contract.number.localeCompare(b.contract.number));
}

/** One letter with everything that is due that day, in Korean: people's languages are not known here. */
function letterTo(reader: { email: string; name: string }, told: readonly Due[], now: Date): OutboundLetter {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    sentence(`dealers.deadlines.mail.${key}`, "ko", values);
  const today = kstDay(now);
  const day = (on: Day) => dayWithWeekday(on, "ko", now);
  const entries = told.map(({ contract, kind, on, outlook }) => {
    const left = daysBetween(today, on);
    const lines = [
      say("contract", { number: contract.number, dealer: dealerBySlug(contract.dealer)?.name ?? contract.dealer }),
      say(kind, { on: day(on), left: left === 0 ? say("today") : `D-${left}` }),
      say(outlook.outcome, { until: outlook.until ? day(outlook.until) : "" }),
      `${env().DAMSO_URL}/dealers/contracts/${contract.id}`,
    ];
    return lines.join("\n");
  });
  const count = told.length;
  return {
    to: reader.email,
    subject: say("subject", { count }),
    text: [say("greeting", { name: reader.name, count }), ...entries, say("foot")].join("\n\n"),
  };
}
