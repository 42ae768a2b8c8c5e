import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { type CheckKind, type ItemAnswer, keptAnswers, readAnswers } from "../rules/profile-check";
import type { KeptFacts } from "../schema/check";
import { lockChannel } from "./channel-lock";

/** What a check saw, before it is tied to the one before. */
export type SeenCheck = {
  kind: CheckKind;
  format?: string;
  status?: number;
  address?: string;
  failure?: string;
  /** Of the answer as it came: hex, and its length. */
  sha256?: string;
  bytes?: number;
  answers: readonly ItemAnswer[];
} & Partial<KeptFacts>;

/** Adds a check to a channel's history; nothing said before is changed. @returns its id. @throws NotFound, Forbidden */
export async function keepCheck(actor: Actor, channelId: string, seen: SeenCheck): Promise<string> {
  const { answers: said, facts, names, ...row } = seen;
  const id = randomUUID();
  await change(actor, "check:run", async (tx, record) => {
    await lockChannel(tx, channelId);
    const before = await tx.channelCheck.findFirst({
      where: { channelId, kind: row.kind },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      select: { at: true, answers: true },
    });
    // Later than the one before, whose clock may have been ahead: the newest counts.
    const at = new Date(Math.max(Date.now(), (before?.at.getTime() ?? 0) + 1));
    const answers = keptAnswers(said, readAnswers(before?.answers), { id, at });
    await tx.channelCheck.create({
      data: {
        ...{ id, organizationId: actor.organizationId, channelId, at, ...row },
        personId: actor.kind === "person" ? actor.personId : null,
        facts: { ...(facts ? { facts } : {}), ...(names || !facts ? { names: names ?? [] } : {}) },
        answers,
      },
    });
    const count = (answer: ItemAnswer["answer"]) => answers.filter((one) => one.answer === answer).length;
    await record({
      action: "channel.checked",
      target: { kind: "channel", id: channelId },
      body: {
        ...{ check: id, kind: row.kind, yes: count("yes"), no: count("no"), unknown: count("unknown") },
        ...{ status: row.status ?? null, failure: row.failure ?? null, sha256: row.sha256 ?? null },
      },
    });
  });
  return id;
}
