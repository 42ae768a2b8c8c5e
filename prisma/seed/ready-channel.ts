// A channel with everything that going live asks for, the register included: for tests and for e2e.
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay } from "@/lib/clock";
import type { DealerSlug } from "@/lib/dealers/directory";
import { allSaid, type ChannelPlan } from "./channel-plans";
import { type ChannelContext, makeChannel, seededId } from "./channels";
import { makeContract } from "./contracts";

/**
 * Makes a channel whose items all hold: marks, a service and consignment contract of its dealer, and a signed approval of
 * re-consignment. @returns its id
 */
export async function makeReadyChannel(
  context: ChannelContext,
  plan: Omit<ChannelPlan, "said" | "dealer"> & { said?: ChannelPlan["said"]; dealer?: ChannelPlan["dealer"] },
): Promise<string> {
  const dealer = plan.dealer ?? "infobank";
  const { openedDaysAgo } = plan;
  const channelId = await makeChannel(context, { said: allSaid(openedDaysAgo - 1), ...plan, dealer });
  await makeRegister(context, { channelId, number: `C-${plan.searchId}`, dealer, daysAgo: openedDaysAgo });
  return channelId;
}

/** What the register needs for a channel to go live: an approved contract of its dealer, and a signed approval of re-consignment. */
export async function makeRegister(
  context: ChannelContext,
  { channelId, number, dealer, daysAgo }: { channelId: string; number: string; dealer: DealerSlug; daysAgo: number },
): Promise<void> {
  const { now, admin, officer } = context;
  const contractId = await makeContract(context, {
    ...{ number, dealer, startsInDays: -daysAgo, endsInDays: null },
    channels: [{ channelId }],
    documents: [
      { name: "위수탁 계약서.pdf", kind: "consignment" },
      { name: "재위탁 승인서.pdf", kind: "reconsignment" },
    ],
  });
  const { organizationId } = admin;
  const id = seededId(channelId, "reconsignment");
  await ingest(officer, "reconsignment:record", async (tx) => {
    if ((await tx.reconsignment.count({ where: { id } })) > 0) return;
    const letter = await tx.contractDocument.findFirstOrThrow({ where: { contractId, kind: "reconsignment" } });
    const day = new Date(`${addDays(kstDay(now), -daysAgo)}T00:00:00Z`);
    await tx.reconsignment.create({
      data: {
        ...{ id, organizationId, contractId, channelId, consignor: "위탁사", consignee: dealer },
        ...{ subConsignee: "주식회사 카카오", scope: "상담톡 메시지 중계", items: "user_key, 상담 내용" },
        ...{ approverName: "대표", approvedOn: day, validFrom: day, fileId: letter.fileId, personId: officer.personId },
      },
    });
  });
}
