import type { JobActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { addMonths, kstDay, kstDayStart } from "@/lib/clock";
import { planInForce } from "./reviews";

const batch = 10_000;

/**
 * Lets access records go that are older than the plan's years (안전성 확보조치 기준 제8조 제1항; two where nobody made a plan). Samples of
 * reviews keep what was said of them. @returns one line for the ledger
 */
export async function dropAccessRecords(actor: JobActor, now: Date): Promise<string> {
  const today = kstDay(now);
  const old = await read(actor, "access-record:drop", async (tx) => {
    const years = (await planInForce(tx))?.keepYears ?? 2;
    return tx.accessRecord.findFirst({ where: { at: { lt: kstDayStart(addMonths(today, -12 * years)) } } });
  });
  if (!old) return "0 records";
  const dropped = await change(actor, "access-record:drop", async (tx, record) => {
    const [row] = await tx.$queryRaw<
      { gone: number }[]
    >`SELECT damso_drop_access_records(${today}::date, ${batch}::int) AS gone`;
    const count = row?.gone ?? 0;
    await record({
      action: "access-records.dropped",
      target: { kind: "organization", id: actor.organizationId },
      body: { count },
    });
    return count;
  });
  return `${dropped} records`;
}
