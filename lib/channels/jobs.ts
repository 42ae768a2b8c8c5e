import type { JobActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { kstDay, kstDayStart } from "@/lib/clock";
import { knownFileIds } from "@/lib/db/crossings";
import { log } from "@/lib/log";
import { fetchPage } from "@/lib/outbound";
import { fileStore } from "@/lib/storage";
import { type CheckedChannel, type ReadPage, readPageOf } from "./commands/run-check";
import type { PageKind } from "./schema/check";

/** Clears what broken uploads left in the file store: at start and every 20 minutes, so that it is gone within the hour. Safe to run beside uploads and twice at once. */
export async function sweepUploads(now: Date): Promise<{ drafts: number; unclaimed: number }> {
  const swept = await fileStore().sweep(now, knownFileIds);
  if (swept.drafts + swept.unclaimed > 0) log("info", "uploads.swept", swept);
  return swept;
}

/** Channels looked at in one query, and pages asked for at once: fewer than the way out takes, so that people need not wait. */
const channelsAtOnce = 50;
const pagesAtOnce = 4;

type DueChannel = CheckedChannel & { homeDue: boolean; policyDue: boolean };

/**
 * Reads the public pages of every channel that has not ended, once since `now`'s KST midnight: a run that was cut off goes on where it
 * stood. @returns a line for the ledger
 */
export async function checkChannels(actor: JobActor, now: Date, readPage: ReadPage = fetchPage): Promise<string> {
  const counts = { channels: 0, pages: 0 };
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const channels = await dueChannels(actor, now, after);
    const last = channels.at(-1);
    if (!last) return `${counts.channels} channels, ${counts.pages} pages`;
    after = last.id;
    const pages = channels.flatMap((channel): [DueChannel, PageKind][] => [
      ...(channel.homeDue ? [[channel, "channel-home"] as [DueChannel, PageKind]] : []),
      ...(channel.policyDue ? [[channel, "privacy-policy"] as [DueChannel, PageKind]] : []),
    ]);
    await inTurn(pages, async ([channel, kind]) => {
      const keep = await readPageOf(channel, kind, readPage);
      await keep(actor);
    });
    counts.channels += channels.length;
    counts.pages += pages.length;
  }
}

/** Works on a few at once. What fails ends it, but only once the others have come to a close. */
async function inTurn<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  const left = things.values();
  let failed = false;
  const worker = async () => {
    for (const thing of left) {
      if (failed) return;
      await work(thing).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: pagesAtOnce }, worker));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
}

/** The next channels by id with pages that nobody has read today. */
function dueChannels(actor: JobActor, now: Date, after: string): Promise<DueChannel[]> {
  const today = kstDay(now);
  const since = kstDayStart(today);
  return read(
    actor,
    "check:run",
    (tx) => tx.$queryRaw<DueChannel[]>`
      SELECT * FROM (
        SELECT c.id, c.name, c.public_id AS "publicId", c.privacy_url AS "privacyUrl", c.dealer,
          c.public_id IS NOT NULL AND NOT EXISTS (SELECT FROM channel_checks k
            WHERE k.channel_id = c.id AND k.kind = 'channel-home' AND k.at >= ${since}) AS "homeDue",
          c.privacy_url IS NOT NULL AND NOT EXISTS (SELECT FROM channel_checks k
            WHERE k.channel_id = c.id AND k.kind = 'privacy-policy' AND k.at >= ${since}) AS "policyDue"
        FROM channels c LEFT JOIN channel_last_days d ON d.channel_id = c.id
        WHERE c.id > ${after}::uuid AND (d.ends_on IS NULL OR d.ends_on >= ${today}::date)
      ) found WHERE "homeDue" OR "policyDue" ORDER BY id LIMIT ${channelsAtOnce}`,
  );
}
