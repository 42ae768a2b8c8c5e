// From readings to rows: one transaction for all posts of a connection that are under way together.
import { createHash } from "node:crypto";
import type { DealerActor } from "@/lib/auth/actor";
import { coalesce } from "@/lib/coalesce";
import type { DealerTokenState } from "@/lib/db/crossings";
import type { Reading } from "@/lib/dealers/rules/event-reading";
import { shapeOf, shapeOfFields } from "@/lib/dealers/rules/event-shape";
import type { Value } from "@/lib/dealers/rules/read-json";
import type { SetAside, SetAsideReason, Shape } from "@/lib/dealers/schema/connection";
import { ingestEvents } from "@/lib/transcripts/commands/ingest-events";
import type { ConsultEvent, Taken } from "@/lib/transcripts/schema";

export type Hook = {
  actor: DealerActor;
  connection: DealerTokenState;
  /** Below the hook address, without the leading slash. */
  path: string;
  text: string;
  bytes: Buffer;
  now: Date;
  /** Now by the sender's clock: what lies beyond is no time. */
  latest: Date;
};

type Post = { actor: DealerActor; channelId: string; events: ConsultEvent[]; now: Date };
type Taker = { take: (post: Post) => Promise<Taken[]>; open: number };

const takers = new Map<string, Taker>();
/** Of one transaction; one post has a thousand at most. */
const mostEvents = 1_000;

const eventWise = { most: mostEvents, sizeOf: ({ events }: Post) => events.length, splits: isDataFault };

/** Takes events together with what else the connection sent in the same moment. One answer per event. */
export async function takeTogether(post: Post): Promise<Taken[]> {
  if (post.events.length === 0) return [];
  const { connectionId } = post.actor;
  const taker = takers.get(connectionId) ?? {
    take: coalesce(takePosts, eventWise),
    open: 0,
  };
  takers.set(connectionId, taker);
  taker.open += 1;
  try {
    return await taker.take(post);
  } finally {
    taker.open -= 1;
    if (taker.open === 0) takers.delete(connectionId);
  }
}

async function takePosts(posts: Post[]): Promise<Taken[][]> {
  const [first] = posts;
  const last = posts.at(-1);
  if (!first || !last) return [];
  const results = await ingestEvents(
    first.actor,
    first.channelId,
    posts.flatMap(({ events }) => events),
    last.now,
  );
  let at = 0;
  return posts.map(({ events }) => {
    at += events.length;
    return results.slice(at - events.length, at);
  });
}

/** PostgreSQL's classes 22 and 23: one row's fault. A database that is away is nobody's, and asking again by halves would only take longer. */
function isDataFault(error: unknown): boolean {
  const text = error instanceof Error ? error.message : "";
  return /Code: `2[23]\w{3}`/.test(text);
}

/** What the reading and the channel say before anything is taken: the reason to set it aside, or null. */
export function refusalOf(reading: Reading, connection: DealerTokenState): SetAsideReason | null {
  if (!reading.ok) return reading.reason;
  const { senderKey } = connection;
  // A channel whose key nobody entered yet cannot contradict the token.
  return senderKey !== null && reading.senderKey.toLowerCase() !== senderKey.toLowerCase() ? "unknown_channel" : null;
}

export function asideOf(reason: SetAsideReason, event: string, value: Value | null, source: string | Buffer): SetAside {
  return {
    reason,
    event,
    shape: shapeOf(value ?? undefined),
    sha256: sha256(source),
    bytes: Buffer.byteLength(source),
  };
}

/** What was taken but named fields that nobody told us about: one row per set of names. */
export function unknownFieldsAside(event: string, value: Value | null, names: readonly string[]): SetAside {
  const shape: Shape = shapeOfFields(value ?? undefined, names);
  const text = JSON.stringify(shape);
  return { reason: "unknown_fields", event, shape, sha256: sha256(text), bytes: text.length };
}

function sha256(source: string | Buffer): string {
  return createHash("sha256").update(source).digest("hex");
}
