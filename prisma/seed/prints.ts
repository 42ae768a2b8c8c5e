// How the demonstration's codes look, and what was printed of them. Deterministic but for ids; dated relative to `now`.
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import { env } from "@/lib/env";
import { qrHash } from "@/lib/placements/qr-file";
import { qrAddress } from "@/lib/placements/rules";
import { usualQr } from "@/lib/placements/rules/qr-settings";
import { recordPastEvent } from "./past-event";

/** Versions by code, newest last, and the runs that hang somewhere. */
const looks = [
  { code: "pl_store_gangnam_pos_01", daysAgo: 90, side: 45, dark: "#000000", level: "Q", caption: "" },
  {
    code: "pl_store_gangnam_pos_01",
    daysAgo: 30,
    side: 55,
    dark: "#123c52",
    level: "H",
    caption: "궁금한 점은 여기로",
  },
  { code: "pl_store_busan_door", daysAgo: 40, side: 210, dark: "#000000", level: "Q", caption: "" },
] as const;
const runs = [
  { code: "pl_store_gangnam_pos_01", number: 1, copies: 12, daysAgo: 88, note: "강남점 1층 계산대 1–12번" },
  { code: "pl_store_gangnam_pos_01", number: 2, copies: 12, daysAgo: 28, note: "강남점 계산대 교체분" },
  { code: "pl_box_run3", number: 3, copies: 20_000, daysAgo: 60, note: "대형 포장 상자 3쇄" },
  { code: "pl_store_busan_door", number: 1, copies: 2, daysAgo: 39, note: "부산점 정문과 옆문" },
] as const;

/** @param actor who laid them down: a marketer of the company */
export async function seedPrints({ now, actor }: { now: Date; actor: PersonActor }): Promise<void> {
  const { organizationId, personId } = actor;
  const at = (daysAgo: number) => new Date(kstDayStart(addDays(kstDay(now), -daysAgo)).getTime() + 14 * 3_600_000);
  await ingest(actor, "placement:edit", async (tx) => {
    if ((await tx.placementQr.count()) > 0) return;
    const places = new Map((await tx.placement.findMany()).map((place) => [place.code, place.id]));
    const numbers = new Map<string, number>();
    for (const { code, daysAgo, side, dark, level, caption } of looks) {
      const placementId = places.get(code);
      if (!placementId) continue;
      const number = (numbers.get(code) ?? 0) + 1;
      numbers.set(code, number);
      const { quiet, light, captionEn, distanceCm } = usualQr;
      const kept = { number, level, quiet, dark, light, sideMm: side, distanceCm, captionKo: caption, captionEn };
      const sha256 = qrHash(qrAddress(env().DAMSO_URL, code), { ...kept, logo: false }, "");
      await tx.placementQr.create({
        data: { ...kept, organizationId, placementId, sha256, personId, at: at(daysAgo) },
      });
      await recordPastEvent(tx, actor, at(daysAgo), {
        action: "placement.qr-saved",
        target: { kind: "placement", id: placementId },
        body: { number, sha256, level, sideMm: side, logo: "" },
      });
    }
    for (const { code, number, copies, daysAgo, note } of runs) {
      const placementId = places.get(code);
      if (!placementId) continue;
      const printedOn = fromDay(addDays(kstDay(now), -daysAgo)) ?? now;
      await tx.printRun.create({
        data: { organizationId, placementId, number, copies, printedOn, note, personId, at: at(daysAgo) },
      });
    }
  });
}
