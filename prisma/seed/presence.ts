// What a machine saw on the demonstration's pages. Deterministic but for ids; dated relative to `now`.
import { createHash } from "node:crypto";
import type { JobActor, PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { env } from "@/lib/env";
import { buttonAddress } from "@/lib/placements/rules";
import { careOf } from "@/lib/placements/rules/presence";
import type { OldLink, PresenceReason, PresenceVerdict } from "@/lib/placements/schema/presence";

type Seen = {
  daysAgo: number;
  verdict: PresenceVerdict;
  reason: PresenceReason;
  status: number;
  old?: readonly OldLink[];
};

const channelChat: OldLink = {
  kind: "channel-chat",
  address: "https://pf.kakao.com/_hangyeol/chat",
  extra: "",
  snippet: '<a href="https://pf.kakao.com/_hangyeol/chat">1:1 문의</a>',
};
/** Oldest first. */
const looks: Readonly<Record<string, readonly Seen[]>> = {
  pl_home_footer: [3, 2, 1, 0].map((daysAgo) => ({ daysAgo, verdict: "yes", reason: "link", status: 200 })),
  pl_pdp_chair: [
    { daysAgo: 2, verdict: "yes", reason: "embed", status: 200 },
    { daysAgo: 1, verdict: "yes", reason: "embed", status: 200 },
    { daysAgo: 0, verdict: "yes", reason: "embed", status: 200, old: [channelChat] },
  ],
  pl_checkout_done: [
    { daysAgo: 1, verdict: "unknown", reason: "login", status: 200 },
    { daysAgo: 0, verdict: "unknown", reason: "login", status: 200 },
  ],
  pl_mem_faq: [
    { daysAgo: 2, verdict: "yes", reason: "link", status: 200 },
    { daysAgo: 1, verdict: "no", reason: "not-there", status: 200 },
    { daysAgo: 0, verdict: "no", reason: "not-there", status: 200 },
  ],
};

/** The newest look was this morning, or yesterday's where the morning is still to come; the next is a day later. */
export async function seedPresence({ now, actor }: { now: Date; actor: PersonActor }): Promise<void> {
  const { organizationId } = actor;
  const job: JobActor = { kind: "job", name: "presence", organizationId };
  const early = now.getTime() - kstDayStart(kstDay(now)).getTime() < 6 * 3_600_000 ? 1 : 0;
  const at = (daysAgo: number) =>
    new Date(kstDayStart(addDays(kstDay(now), -daysAgo - early)).getTime() + 5 * 3_600_000 + 40_000);
  await ingest(job, "check:run", async (tx) => {
    if ((await tx.presenceLatest.count()) > 0) return;
    const places = await tx.placement.findMany({ where: { code: { in: Object.keys(looks) }, pageUrl: { not: null } } });
    for (const { id: placementId, code, pageUrl } of places) {
      const page = pageUrl ?? "";
      let since = at(0);
      let before: PresenceVerdict | null = null;
      for (const { daysAgo, verdict, reason, status, old = [] } of looks[code] ?? []) {
        const snippet =
          verdict === "yes" ? `<a href="${buttonAddress(env().DAMSO_URL, code)}">카카오톡 상담하기</a>` : "";
        const body = `${page} ${reason} ${old.length}`;
        const check = await tx.presenceCheck.create({
          data: {
            ...{
              organizationId,
              placementId,
              trigger: "schedule",
              wanted: "present",
              verdict,
              reason,
              status,
              snippet,
            },
            ...{ pageUrl: page, finalUrl: page, at: at(daysAgo), bytes: 18_000 + 37 * body.length, durationMs: 240 },
            bodySha256: createHash("sha256").update(body).digest("hex"),
            oldLinks: [...old],
          },
        });
        if (verdict !== before) since = check.at;
        before = verdict;
        const oldLinks = old.length;
        const state = { checkId: check.id, verdict, at: check.at, since, oldLinks };
        const nextDueAt = new Date(check.at.getTime() + 86_400_000 + 3_600_000);
        await tx.presenceLatest.upsert({
          where: { placementId },
          create: {
            ...{ placementId, organizationId, pageUrl: page, host: new URL(page).host, wanted: "present", nextDueAt },
            ...{ ...state, care: careOf({ wanted: "present", verdict, oldLinks }) },
          },
          update: { ...state, nextDueAt, care: careOf({ wanted: "present", verdict, oldLinks }) },
        });
      }
    }
  });
}
