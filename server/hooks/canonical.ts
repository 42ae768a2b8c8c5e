// Our own format: many events in one post, one answer each (surface.md, "Dealer webhooks").
import { setAside } from "@/lib/dealers/commands/set-aside";
import { showEvent } from "@/lib/dealers/rules/event-shape";
import { readCanonicalEvent, readEvents, type Sent, sentId } from "@/lib/dealers/rules/read-canonical-event";
import { asFields } from "@/lib/dealers/rules/read-json";
import type { SetAside, SetAsideReason } from "@/lib/dealers/schema/connection";
import { type HookAnswer, refuse, say } from "./answer";
import { asideOf, type Hook, refusalOf, takeTogether, unknownFieldsAside } from "./take-events";

/** `stored` also for what was stored before: the same event gets the same answer each time. */
type Result = { id: string | null; result: "stored" | "conflict" | "set_aside" | "malformed"; reason?: SetAsideReason };

/** Takes a batch; what cannot be taken sinks no neighbour. 409 when nothing but conflicts came. */
export async function takeCanonicalEvents({ actor, connection, path, text, bytes, now }: Hook): Promise<HookAnswer> {
  if (path !== "events") {
    await setAside(actor, [asideOf("unknown_event", showEvent(path), null, bytes)], now);
    return refuse(404);
  }
  const sent = readEvents(text);
  if (sent === "tooMany") return refuse(413);
  if (sent === null) return refuse(400);

  const readings = sent.map(({ value }) => readCanonicalEvent(value, now));
  const refusals = readings.map((reading) => refusalOf(reading, connection));
  const kept = readings.flatMap((reading, at) => (reading.ok && !refusals[at] ? [{ at, event: reading.event }] : []));
  const taken = await takeTogether({
    actor,
    channelId: connection.channelId,
    events: kept.map(({ event }) => event),
    now,
  });
  kept.forEach(({ at }, index) => {
    const one = taken[index];
    if (one && !one.stored) refusals[at] = one.reason;
  });

  const asides = sent.flatMap((one, at): SetAside[] => {
    const reading = readings[at];
    const reason = refusals[at];
    if (reason && one.value !== null) return [asideOf(reason, eventName(one), one.value, JSON.stringify(one.value))];
    return reading?.ok && reading.unknown.length > 0
      ? [unknownFieldsAside(eventName(one), one.value, reading.unknown)]
      : [];
  });
  await setAside(actor, asides, now);
  const results = sent.map((one, at) => resultOf(one, refusals[at] ?? null));
  return say(summary(results), results.length > 0 && results.every(({ result }) => result === "conflict") ? 409 : 200);
}

function resultOf({ value }: Sent, reason: SetAsideReason | null): Result {
  const id = sentId(value);
  if (value === null) return { id, result: "malformed" };
  if (!reason) return { id, result: "stored" };
  return reason === "conflicting_repeat" ? { id, result: "conflict", reason } : { id, result: "set_aside", reason };
}

function summary(results: Result[]): object {
  const stored = results.filter(({ result }) => result === "stored").length;
  return { stored, refused: results.length - stored, results };
}

function eventName({ value }: Sent): string {
  const type = asFields(value ?? undefined)?.type;
  return typeof type === "string" ? showEvent(type) : "…";
}
