// Several people save one notice at once (trust.md F-17): each text that was accepted stands in its history, nobody's is lost unseen.
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { Conflict } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { saveNotice } from "./commands/save-notice";
import { getNotice } from "./queries/get-notice";
import { saveNoticeSchema } from "./schema/notice";

let company: TestCompany;
beforeAll(async () => {
  company = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

it("has one winner in each of fifty rounds of two to eight writers", async () => {
  const { id: channelId } = await company.opened();
  const accepted: string[] = [];
  let [number, save] = [0, 0];
  for (let round = 0; round < 50; round += 1) {
    const writers = 2 + (round % 7);
    const tries = await Promise.allSettled(
      Array.from({ length: writers }, async (_, writer) => {
        const words = { source: `상담 내용을 보관합니다. ${round}-${writer}`, summary: `${round}-${writer}` };
        await saveNotice(company.officer, saveNoticeSchema.parse({ channelId, number, save, ...words }));
        return words.source;
      }),
    );
    const won = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(won).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(Conflict);
    accepted.push(...won);
    const newest = (await getNotice(company.officer, channelId, new Date()))?.versions[0];
    expect(newest?.words.source).toBe(won[0]);
    [number, save] = [newest?.number ?? 0, newest?.save ?? 0];
  }
  const { rows } = await company.owner.query<{ source: string }>(
    `SELECT s.source FROM notice_saves s JOIN notice_versions v ON v.id = s.version_id JOIN notices n ON n.id = v.notice_id
     WHERE n.channel_id = $1 ORDER BY v.number, s.number`,
    [channelId],
  );
  expect(rows.map(({ source }) => source)).toEqual(accepted);
});
