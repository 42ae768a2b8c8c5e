import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { cursorOf, cutPage, pageLength, readCursor } from "@/lib/keyset";
import type { ChannelCheck } from "@/prisma/generated/client";
import { type CheckKind, checkKinds, type KeptAnswer, readAnswers } from "../rules/profile-check";
import { type KeptFacts, keptFactsSchema } from "../schema/check";
import { namesOf } from "./names";

export type CheckView = KeptFacts & {
  id: string;
  kind: CheckKind;
  at: Date;
  /** Null: the daily job. */
  by: string | null;
  format: string | null;
  status: number | null;
  address: string | null;
  failure: string | null;
  sha256: string | null;
  bytes: number | null;
  answers: KeptAnswer[];
};

/** The newest check of each kind, and fifty of all of them, newest first; `after` continues. Null when there is no such channel. */
export async function listChecks(
  actor: Actor,
  channelId: string,
  after?: string,
): Promise<{ newest: CheckView[]; items: CheckView[]; next: string | null } | null> {
  if (!z.uuid().safeParse(channelId).success) return null;
  const cursor = readCursor(after);
  return read(actor, "channel:read", async (tx) => {
    if ((await tx.channel.count({ where: { id: channelId } })) === 0) return null;
    const newest = await newestChecks(tx, channelId);
    const rows = await tx.channelCheck.findMany({
      where: {
        channelId,
        ...(cursor ? { OR: [{ at: { lt: cursor.at } }, { at: cursor.at, id: { lt: cursor.id } }] } : {}),
      },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: pageLength + 1,
    });
    const { items: page, next } = cutPage(rows, { back: false, cursor }, (row) => cursorOf(row.at, row.id));
    const seen = await views(tx, [...newest, ...page]);
    return {
      newest: seen.slice(0, newest.length),
      items: seen.slice(newest.length),
      next,
    };
  });
}

/** The newest sender profile of a channel, for the panel beside its onboarding; null where none was taken. */
export async function getSenderProfile(actor: Actor, channelId: string): Promise<CheckView | null> {
  if (!z.uuid().safeParse(channelId).success) return null;
  return read(actor, "channel:read", async (tx) => {
    const found = await newestCheck(tx, channelId, "sender-profile");
    return (await views(tx, found ? [found] : []))[0] ?? null;
  });
}

async function newestChecks(tx: Tx, channelId: string): Promise<ChannelCheck[]> {
  const found = await Promise.all(checkKinds.map((kind) => newestCheck(tx, channelId, kind)));
  return found.flatMap((check) => (check ? [check] : []));
}

function newestCheck(tx: Tx, channelId: string, kind: CheckKind): Promise<ChannelCheck | null> {
  return tx.channelCheck.findFirst({ where: { channelId, kind }, orderBy: [{ at: "desc" }, { id: "desc" }] });
}

async function views(tx: Tx, checks: readonly ChannelCheck[]): Promise<CheckView[]> {
  const names = await namesOf(
    tx,
    checks.flatMap((check) => check.personId ?? []),
  );
  return checks.flatMap(
    ({ channelId: _channel, organizationId: _organization, personId, facts, answers, ...check }) => {
      const kind = checkKinds.find((one) => one === check.kind);
      const kept = keptFactsSchema.safeParse(facts);
      if (!kind) return [];
      const by = personId === null ? null : (names.get(personId) ?? "");
      return [{ ...check, ...(kept.data ?? { facts: [], names: [] }), kind, by, answers: readAnswers(answers) }];
    },
  );
}
