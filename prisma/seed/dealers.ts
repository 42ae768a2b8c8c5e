// The demonstration's dealer connections. Their hook addresses are known to nobody: rotate one to use it.
import { randomUUID } from "node:crypto";
import type { DealerActor, PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { setAside } from "@/lib/dealers/commands/set-aside";
import { newToken, tokenHash } from "@/lib/dealers/rules/connection";
import type { Format, SetAside } from "@/lib/dealers/schema/connection";
import { recordPastEvent } from "./past-event";

export type DealerSeed = {
  now: Date;
  /** An administrator of the organization. */
  actor: PersonActor;
  /** Id of a channel by its search id without "@". */
  channelId: (searchId: string) => string;
};

type Made = {
  channel: string;
  format: Format;
  daysOld: number;
  allowedFrom: readonly string[];
  setAsides: readonly SetAside[];
};

const aside = (reason: SetAside["reason"], event: string, shape: SetAside["shape"], bytes: number): SetAside => ({
  reason,
  event,
  shape,
  sha256: Buffer.from(`${reason}:${event}`.padEnd(32, "·")).subarray(0, 32).toString("hex"),
  bytes,
});
const common = { msgKey: "string", userKey: "string", senderKey: "string", serviceType: "string", sendTime: "string" };

const hangyeol: readonly Made[] = [
  {
    channel: "한결생활",
    format: "infobank",
    daysOld: 214,
    allowedFrom: ["203.0.113.0/24"],
    setAsides: [
      aside("unknown_fields", "cstalk/message", { kakaoTraceId: "string" }, 27),
      aside("out_of_scope", "cstalk/message", { ...common, msgType: "string", content: "string" }, 412),
      aside(
        "personal_info",
        "cstalk/personal_info",
        { ...common, personalInfo: { phone_number: "string", nickname: "string" } },
        388,
      ),
    ],
  },
  {
    channel: "한결멤버십",
    format: "canonical",
    daysOld: 402,
    allowedFrom: [],
    setAsides: [
      aside(
        "unknown_event",
        "message.edited",
        { id: "string", type: "string", at: "string", senderKey: "string" },
        231,
      ),
      aside(
        "unknown_channel",
        "message.received",
        {
          id: "string",
          type: "string",
          at: "string",
          senderKey: "string",
          userKey: "string",
          message: { text: "string" },
        },
        274,
      ),
    ],
  },
  { channel: "한결비투비", format: "infobank", daysOld: 6, allowedFrom: [], setAsides: [] },
];
const dure: readonly Made[] = [
  { channel: "두레상사", format: "happytalk", daysOld: 95, allowedFrom: [], setAsides: [] },
];

/** Three connections of 주식회사 한결생활, one of which still waits for its first event. */
export function seedConnections(context: DealerSeed): Promise<void> {
  return seedAll(hangyeol, context);
}

/** The one of 주식회사 두레상사. */
export function seedOtherConnections(context: DealerSeed): Promise<void> {
  return seedAll(dure, context);
}

async function seedAll(list: readonly Made[], context: DealerSeed): Promise<void> {
  for (const made of list) {
    const connectionId = await ingest(context.actor, "connection:create", (tx) => connect(tx, made, context));
    if (!connectionId) continue;
    const { organizationId } = context.actor;
    const dealer: DealerActor = { kind: "dealer", connectionId, organizationId, address: "203.0.113.10" };
    for (const [at, item] of made.setAsides.entries()) {
      await setAside(dealer, [item], new Date(context.now.getTime() - (at + 1) * 31 * 3_600_000));
    }
  }
}

/** Answers null for a channel that is connected already. */
async function connect(tx: Tx, made: Made, { now, actor, channelId }: DealerSeed): Promise<string | null> {
  if (await tx.dealerConnection.findFirst({ where: { channelId: channelId(made.channel) } })) return null;
  const createdAt = new Date(kstDayStart(addDays(kstDay(now), -made.daysOld)).getTime() + 11 * 3_600_000);
  const id = randomUUID();
  await tx.dealerConnection.create({
    data: {
      id,
      organizationId: actor.organizationId,
      channelId: channelId(made.channel),
      format: made.format,
      allowedFrom: [...made.allowedFrom],
      createdBy: actor.personId,
      createdAt,
      tokens: { create: { hash: tokenHash(newToken()), createdAt } },
    },
  });
  await recordPastEvent(tx, actor, createdAt, {
    action: "connection.created",
    target: { kind: "connection", id },
    body: { channel: channelId(made.channel), format: made.format, addresses: made.allowedFrom.length, signed: false },
  });
  return id;
}
