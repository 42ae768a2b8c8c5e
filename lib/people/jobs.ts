// What runs by itself: mail that waits, and counters that have run out.
import type { JobActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { organizationsWithMail, sweepThrottles } from "@/lib/db/crossings";
import { errorFields, log } from "@/lib/log";
import { isFinalFailure, type Letter, sendLetter } from "@/lib/mail";
import { letterText } from "@/lib/outbox";

const batch = 20;
/** How long a letter belongs to the process that took it; a process that died gives it back by that. */
const leaseMs = 5 * 60_000;
const giveUpAfterMs = 3 * 86_400_000;
/** When a letter is tried again that was given up. */
const never = new Date("9999-12-31T00:00:00Z");

type Waiting = { id: string; recipient: string; subject: string; body: string; createdAt: Date; attempts: number };

/**
 * Sends what waits in the outbox and is due, each letter by one process. A target that is down delays mail and nothing else.
 * @returns how many letters went out and how many have to wait
 */
export async function sendWaitingMail(now: Date): Promise<{ sent: number; waiting: number }> {
  const total = { sent: 0, waiting: 0 };
  for (const organizationId of await organizationsWithMail()) {
    const actor: JobActor = { kind: "job", name: "mail", organizationId };
    for (let letters = await take(actor, now); letters.length > 0; letters = await take(actor, now)) {
      for (const letter of letters) {
        if (await deliver(actor, letter, now)) total.sent += 1;
        else total.waiting += 1;
      }
    }
  }
  return total;
}

/** Deletes throttle counters older than a day. */
export async function sweepTries(): Promise<number> {
  return sweepThrottles();
}

/** Takes the next letters under a lease: two processes never take the same one. */
function take(actor: JobActor, now: Date): Promise<Waiting[]> {
  return ingest(actor, "job:run", (tx) => {
    const lease = new Date(now.getTime() + leaseMs);
    return tx.$queryRaw<Waiting[]>`
      UPDATE mails SET next_try_at = ${lease}, attempts = attempts + 1
      WHERE id IN (
        SELECT id FROM mails WHERE organization_id = ${actor.organizationId}::uuid AND sent_at IS NULL AND next_try_at <= ${now}
        ORDER BY next_try_at, id LIMIT ${batch}::int FOR UPDATE SKIP LOCKED)
      RETURNING id, recipient, subject, body, created_at AS "createdAt", attempts`;
  });
}

async function deliver(actor: JobActor, letter: Waiting, now: Date): Promise<boolean> {
  try {
    await sendLetter(letterOf(letter));
  } catch (error) {
    await putOff(actor, letter, error, now);
    return false;
  }
  await settle(actor, letter.id, { sentAt: now, body: "", failure: null });
  return true;
}

async function putOff(actor: JobActor, letter: Waiting, error: unknown, now: Date): Promise<void> {
  const fields = errorFields(error);
  const reason = fields.message.replaceAll(/\S+@\S+/g, "…").slice(0, 200);
  const final = now.getTime() - letter.createdAt.getTime() > giveUpAfterMs || isFinalFailure(error);
  log("warn", "mail.failed", {
    mail: letter.id,
    attempts: letter.attempts,
    final,
    error: fields.error,
    message: reason,
  });
  const nextTryAt = final ? never : new Date(now.getTime() + pauseMs(letter.attempts));
  await settle(actor, letter.id, { nextTryAt, failure: reason, ...(final ? { body: "" } : {}) });
}

/** 30 s, then twice as long each time, at most an hour. */
function pauseMs(attempts: number): number {
  return Math.min(3_600_000, 30_000 * 2 ** Math.min(attempts - 1, 10));
}

function letterOf({ id, recipient, subject, body, createdAt }: Waiting): Letter {
  return { id, to: recipient, subject, text: letterText(body), at: createdAt };
}

async function settle(
  actor: JobActor,
  id: string,
  data: { sentAt?: Date; nextTryAt?: Date; body?: string; failure: string | null },
): Promise<void> {
  await ingest(actor, "job:run", (tx) => tx.mail.updateMany({ where: { id, sentAt: null }, data }));
}
