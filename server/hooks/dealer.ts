// Infobank's and HappyTalk's posts: one event each, answered as the dealer's documents say (field-facts 1.2).
import { setAside } from "@/lib/dealers/commands/set-aside";
import { isOutOfScope } from "@/lib/dealers/rules/event-reading";
import { showEvent } from "@/lib/dealers/rules/event-shape";
import {
  type DealerEvent,
  happytalkNames,
  infobankNames,
  readDealerEvent,
} from "@/lib/dealers/rules/read-dealer-event";
import { readJson } from "@/lib/dealers/rules/read-json";
import type { SetAside } from "@/lib/dealers/schema/connection";
import { type HookAnswer, refuse, say } from "./answer";
import { asideOf, type Hook, refusalOf, takeTogether, unknownFieldsAside } from "./take-events";

const accepted = { infobank: { code: "A000", result: "Success" }, happytalk: { code: 0 } } as const;

const events: Readonly<Record<"infobank" | "happytalk", Readonly<Record<string, DealerEvent>>>> = {
  infobank: {
    "cstalk/reference": "reference",
    "cstalk/message": "message",
    "cstalk/expired_session": "expired_session",
    "cstalk/seen_info": "seen_info",
    "cstalk/result": "result",
  },
  happytalk: { reference: "reference", message: "message", expired_session: "expired_session" },
};

/** Kakao forbids keeping an identity result in any form: not even its shape or hash stays. */
const identityResult: SetAside = { reason: "identity_result", event: "cert_result", shape: {}, sha256: "", bytes: 0 };

/** Takes one event; a thing that cannot be taken is set aside, and the dealer is told that it arrived. */
export async function takeDealerEvent(hook: Hook, format: "infobank" | "happytalk"): Promise<HookAnswer> {
  const { actor, connection, path, text, bytes, now, latest } = hook;
  const name = path.split("/").at(-1);
  if (name === "cert_result") {
    await setAside(actor, [identityResult], now);
    return say(accepted[format]);
  }
  const read = readJson(text);
  if (!read.ok) return refuse(400);
  const event = showEvent(path);
  const asides = await take();
  await setAside(actor, asides, now);
  return say(accepted[format]);

  async function take(): Promise<SetAside[]> {
    const value = read.ok ? read.value : null;
    // Personal data only where a consent form allows it; there is none to allow it yet.
    if (name === "personal_info") return [asideOf("personal_info", event, value, bytes)];
    const kind = Object.hasOwn(events[format], path) ? events[format][path] : undefined;
    if (!kind) {
      const foreign = path.split("/").some((part) => isOutOfScope(part));
      return [asideOf(foreign ? "out_of_scope" : "unknown_event", event, value, bytes)];
    }
    const reading = readDealerEvent(format === "infobank" ? infobankNames : happytalkNames, kind, value, latest);
    const refused = refusalOf(reading, connection);
    if (refused || !reading.ok) return [asideOf(refused ?? "invalid_shape", event, value, bytes)];
    const [taken] = await takeTogether({ actor, channelId: connection.channelId, events: [reading.event], now });
    if (taken && !taken.stored) return [asideOf(taken.reason, event, value, bytes)];
    return reading.unknown.length > 0 ? [unknownFieldsAside(event, value, reading.unknown)] : [];
  }
}
