import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { cursorOf, cutPage, pageLength, readCursor } from "@/lib/keyset";
import { onboardingItems } from "../rules/onboarding-items";
import type { OnboardingKey } from "../schema";
import { namesOf } from "./names";

export type HistoryEntry = {
  id: string;
  at: Date;
  action: string;
  /** A person's name, else the kind of actor. */
  by: string;
  result: string;
  /** The onboarding item it was about, where there was one. */
  item: OnboardingKey | null;
};

/** The newest fifty audit entries of a channel and of its evidence; `after` continues. Null when there is no such channel. */
export async function listChannelHistory(
  actor: Actor,
  channelId: string,
  after?: string,
): Promise<{ items: HistoryEntry[]; next: string | null } | null> {
  if (!z.uuid().safeParse(channelId).success) return null;
  const cursor = readCursor(after);
  return read(actor, "audit:read", async (tx) => {
    if ((await tx.channel.count({ where: { id: channelId } })) === 0) return null;
    const files = await tx.evidenceFile.findMany({ where: { channelId }, select: { id: true } });
    const events = await tx.auditEvent.findMany({
      where: {
        targetId: { in: [channelId, ...files.map((file) => file.id)] },
        ...(cursor ? { OR: [{ at: { lt: cursor.at } }, { at: cursor.at, id: { lt: cursor.id } }] } : {}),
      },
      select: { id: true, at: true, action: true, actorKind: true, actorId: true, result: true, body: true },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: pageLength + 1,
    });
    const { items: page, next } = cutPage(events, { back: false, cursor }, (event) => cursorOf(event.at, event.id));
    const people = page.filter((event) => event.actorKind === "person" && z.uuid().safeParse(event.actorId).success);
    const names = await namesOf(
      tx,
      people.map((event) => event.actorId),
    );
    return {
      items: page.map(({ actorKind, actorId, body, ...event }) => ({
        ...event,
        by: names.get(actorId) ?? actorKind,
        item: itemOf(body),
      })),
      next,
    };
  });
}

/** Bodies are canonical JSON of ours; what somebody put in by hand must not break the page that shows it. */
function itemOf(body: string): OnboardingKey | null {
  const item = /"item":"([a-z-]+)"/.exec(body)?.[1];
  return onboardingItems.find((one) => one.key === item)?.key ?? null;
}
