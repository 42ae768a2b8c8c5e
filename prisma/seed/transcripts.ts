// The demonstration's consultations of a year and more, through the same intake as a dealer's. Deterministic but for ids.
import type { DealerActor } from "@/lib/auth/actor";
import { ingest, read } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart, weekday } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { ingestEvents } from "@/lib/transcripts/commands/ingest-events";
import type { ConsultEvent } from "@/lib/transcripts/schema";
import { consult, type Traffic } from "./consults";
import type { DealerSeed } from "./dealers";
import { seedFiles } from "./files";
import { pastConsultsOf } from "./past-consults";
import { randomOf } from "./random";

const span = 60;
/** Events of one transaction. */
const batch = 800;
const hangyeol: readonly Traffic[] = [
  {
    channel: "한결생활",
    mean: 5.3,
    users: 190,
    codes: [
      ["pl_home_footer", 30],
      ["pl_store_gangnam_pos_01", 19],
      ["pl_pdp_chair", 14],
      ["pl_app_settings", 9],
      ["pl_checkout_done", 8],
      ["pl_box_run3", 7],
      ["at_delivery_bc", 5],
      [null, 5],
      ["naver_blog_2024", 2],
      ["old_banner_main", 1],
    ],
  },
  {
    channel: "한결멤버십",
    mean: 0.9,
    users: 30,
    codes: [
      ["pl_mem_faq", 60],
      ["pl_mem_app_card", 25],
      ["pl_mem_flyer2", 10],
      [null, 5],
    ],
  },
];
const dure: readonly Traffic[] = [
  {
    channel: "두레상사",
    mean: 0.7,
    users: 25,
    codes: [
      ["dure_home_top", 70],
      ["dure_desk", 20],
      [null, 10],
    ],
  },
];

/** Some 370 consultations of 주식회사 한결생활. */
export function seedConsults(context: DealerSeed): Promise<void> {
  return seedAll(hangyeol, context);
}

/** Some 40 of 주식회사 두레상사. */
export function seedOtherConsults(context: DealerSeed): Promise<void> {
  return seedAll(dure, context);
}

async function seedAll(list: readonly Traffic[], context: DealerSeed): Promise<void> {
  await Promise.all(list.map((traffic) => seedChannel(traffic, context)));
}

/** Nothing for a channel without a connection, or with consultations already. */
async function seedChannel(traffic: Traffic, { now, actor, channelId }: DealerSeed): Promise<void> {
  const channel = channelId(traffic.channel);
  const connection = await read(actor, "connection:read", async (tx) => {
    const known = await tx.consultSession.findFirst({ where: { channelId: channel }, select: { id: true } });
    return known ? null : tx.dealerConnection.findFirst({ where: { channelId: channel }, select: { id: true } });
  });
  if (!connection) return;
  const dealer: DealerActor = {
    kind: "dealer",
    connectionId: connection.id,
    organizationId: actor.organizationId,
    address: "203.0.113.10",
  };
  const events = [...pastConsultsOf(traffic, now), ...consultsOf(traffic, now)].sort(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
  for (let at = 0; at < events.length; at += batch)
    await ingestEvents(dealer, channel, events.slice(at, at + batch), now);
  await ingest(actor, "connection:create", (tx) => arriveInTime(tx, channel, connection.id));
  await seedFiles(actor, channel, now);
}

/** Each event arrived when it happened, not when the demonstration was made. */
async function arriveInTime(tx: Tx, channelId: string, connectionId: string): Promise<void> {
  await tx.$executeRaw`UPDATE consult_sessions SET received_at = opened_at WHERE channel_id = ${channelId}::uuid`;
  await tx.$executeRaw`UPDATE messages m SET received_at = m.at FROM consult_sessions s
    WHERE s.id = m.session_id AND s.channel_id = ${channelId}::uuid`;
  await tx.$executeRaw`UPDATE attachments a SET received_at = a.at FROM consult_sessions s
    WHERE s.id = a.session_id AND s.channel_id = ${channelId}::uuid`;
  await tx.$executeRaw`DELETE FROM connection_days WHERE connection_id = ${connectionId}::uuid`;
  await tx.$executeRaw`
    INSERT INTO connection_days (organization_id, connection_id, day, events, last_at)
    SELECT damso_organization(), ${connectionId}::uuid, (at AT TIME ZONE 'Asia/Seoul')::date, count(*), max(at) FROM (
      SELECT m.at FROM messages m JOIN consult_sessions s ON s.id = m.session_id WHERE s.channel_id = ${channelId}::uuid
      UNION ALL SELECT ended_at FROM consult_sessions WHERE channel_id = ${channelId}::uuid AND ended_at IS NOT NULL
    ) AS arrived (at) GROUP BY 3`;
}

/** Every event of a channel up to `now`. */
function consultsOf(traffic: Traffic, now: Date): ConsultEvent[] {
  const random = randomOf(`consults of ${traffic.channel}`);
  const events: ConsultEvent[] = [];
  let number = 163_700_000 + Math.floor(random() * 50_000);
  for (let back = span; back >= 0; back -= 1) {
    const day = addDays(kstDay(now), -back);
    const busy = weekday(day) % 6 === 0 ? 0.55 : 1.15;
    const count = Math.round(traffic.mean * busy * (0.6 + 0.8 * random()));
    for (let n = 0; n < count; n += 1) {
      number += 1 + Math.floor(random() * 900);
      const start = kstDayStart(day).getTime() + Math.floor((9 + 10.5 * random()) * 3_600_000);
      events.push(...consult(traffic, String(number), start, random, now));
    }
  }
  return events.filter(({ at }) => at < now);
}
