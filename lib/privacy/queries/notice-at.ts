import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { toDay } from "@/lib/day-column";
import type { FrozenFacts } from "../rules/notice-content";
import { seenAt, seenSpans } from "../rules/notice-life";
import type { NoticeAt } from "../rules/notice-view";

/**
 * What a user of a channel saw at an instant: the version that somebody had then seen in a real chat room, with its proof.
 * @returns null for an unknown channel; `shown` is null where no version was verified by then. @throws Forbidden
 */
export function noticeAt(actor: Actor, channelId: string, at: Date): Promise<NoticeAt | null> {
  return read(actor, "notice:read", async (tx) => {
    if (!z.uuid().safeParse(channelId).success) return null;
    const channel = await tx.channel.findUnique({
      where: { id: channelId },
      select: { id: true, name: true, searchId: true },
    });
    if (!channel) return null;
    const rows = await tx.noticeVersion.findMany({
      where: { notice: { channelId } },
      orderBy: { number: "asc" },
      include: {
        saves: { orderBy: { number: "desc" }, take: 1, select: { hash: true } },
        steps: {
          orderBy: [{ at: "asc" }, { id: "asc" }],
          include: { file: { select: { id: true, name: true, sha256: true } } },
        },
      },
    });
    const whole = rows.map((row) => ({ ...row, hash: row.saves[0]?.hash ?? "" }));
    const spans = seenSpans(whole);
    // What was recorded later does not change what was known then.
    const versions = whole.map((row) => ({ ...row, steps: row.steps.filter((step) => step.at <= at) }));
    const seen = seenAt(versions, at);
    const version = versions.find(({ id }) => id === seen?.versionId);
    const of = (kind: string) => version?.steps.findLast((step) => step.kind === kind);
    const [submitted, approved, requested, applied] = ["submitted", "approved", "requested", "applied"].map(of);
    const verified = of("verified");
    const persons = await tx.person.findMany({
      where: { id: { in: [submitted, approved, verified].flatMap((step) => step?.personId ?? []) } },
      select: { id: true, name: true },
    });
    const name = (id: string | undefined) => persons.find((person) => person.id === id)?.name ?? "";
    const until =
      spans.find(({ versionId, from }) => versionId === seen?.versionId && from.getTime() === seen?.from.getTime())
        ?.until ?? null;
    const organization = await tx.organization.findUniqueOrThrow({
      where: { id: actor.organizationId },
      select: { name: true },
    });
    const unseen = versions.findLast(({ id, steps }) => id !== seen?.versionId && steps.at(-1)?.kind === "applied");
    return {
      ...{ company: organization.name, channel, at, spans: spans.toReversed() },
      shown:
        seen && version && approved?.text && verified
          ? {
              ...{
                version: version.number,
                text: approved.text,
                sha256: approved.textHash,
                from: seen.from,
                until,
              },
              ...{
                approvedAt: approved.at,
                approvedBy: name(approved.personId),
                submittedBy: name(submitted?.personId),
              },
              ...{
                requestedAt: requested?.at ?? null,
                ticket: requested?.ticket ?? "",
                appliedOn: toDay(applied?.doneOn ?? null),
              },
              ...{ verifiedAt: verified.at, verifiedBy: name(verified.personId), file: verified.file },
              evidence: verified.evidence as "" | "pasted" | "screenshot",
              facts: approved.facts as unknown as FrozenFacts,
            }
          : null,
      unseen: unseen ? { version: unseen.number, since: unseen.steps.at(-1)?.at ?? at } : null,
    };
  });
}
