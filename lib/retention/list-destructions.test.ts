// The list of destructions by state, and one early destruction from its preview to its end.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Forbidden } from "@/lib/errors";
import { openReadingCompany, type ReadingCompany } from "@/lib/transcripts/testing";
import { makePolicy } from "@/prisma/seed/policies";
import {
  approveDestruction,
  cancelDestruction,
  requestDestruction,
  startDestruction,
  takeDealerStep,
} from "./commands/decide-destruction";
import { type Prepared, prepareDestruction } from "./commands/prepare-destruction";
import { runBatch } from "./commands/run-destruction";
import { getDestruction } from "./queries/get-destruction";
import { listDestructions } from "./queries/list-destructions";
import { stepNote } from "./rules/destruction-note";
import type { ListDestructions } from "./schema/destruction";

let company: ReadingCompany;

beforeAll(async () => {
  company = await openReadingCompany();
  await makePolicy(
    { now: new Date(), officer: company.officer, admin: company.admin },
    {
      ...{ number: 1, name: "일반 문의" },
      versions: [{ savedDaysAgo: 40, count: 6, unit: "months", anchor: "session-end", basis: "pipa-15-1-1" }],
    },
  );
});
afterAll(() => company.owner.end());

/** A preview of one consultation whose day has not come. */
async function early(now: Date): Promise<Prepared> {
  const sessionIds = await company.consult({ at: now, userKey: `u${randomUUID().slice(0, 12)}` });
  return prepareDestruction(company.officer, { kind: "early", sessionIds, reason: "더 필요하지 않습니다" }, now);
}

const said = ({ id, digest }: Prepared) => ({ destructionId: id, digest, note: "" });

async function listed(state: ListDestructions["state"], now: Date): Promise<string[]> {
  return (await listDestructions(company.auditor, { state }, now)).items.map(({ id }) => id).sort();
}

it("lists by state: what waits, what ended, what was never run", async () => {
  const now = new Date();
  const [done, cancelled, asked, untouched] = [await early(now), await early(now), await early(now), await early(now)];
  await cancelDestruction(company.officer, said(cancelled), now);
  await requestDestruction(company.officer, said(asked), now);
  await requestDestruction(company.officer, said(done), now);
  await approveDestruction(company.admin, { ...said(done), guardSeen: true }, now);
  await startDestruction(company.officer, { ...said(done), phrase: `파기 ${done.sessions}` }, now);
  const open = [done.id, asked.id, untouched.id].sort();
  expect(await listed("open", now)).toEqual(open);
  expect(await listed("over", now)).toEqual([cancelled.id]);

  const job = { kind: "job", name: "destructions", organizationId: company.ours } as const;
  expect([await runBatch(job, done.id, now), await runBatch(job, done.id, now)]).toEqual(["batch", "finished"]);
  expect(await listed("finished", now)).toEqual([done.id]);
  expect(await listed("stopped", now)).toEqual([]);
  expect(await listed("over", now)).toEqual([done.id, cancelled.id].sort());

  // Nine hours later no preview may be acted upon any more; what was run was run.
  const late = new Date(now.getTime() + 9 * 3_600_000);
  expect(await listed("open", late)).toEqual([]);
  expect(await listed("dropped", late)).toEqual([cancelled.id, asked.id, untouched.id].sort());
  await expect(listDestructions(company.marketer, {}, now)).rejects.toThrow(Forbidden);

  await takeDealerStep(
    company.officer,
    { destructionId: done.id, kind: "dealer-asked", on: "2026-11-20", note: "메일로 요청" },
    now,
  );
  const view = await getDestruction(company.auditor, done.id, now);
  expect(view?.preparedByName).toBeTruthy();
  expect(view?.channels).toMatchObject([{ items: 1, sessions: 1, destroyed: 1, held: 0 }]);
  const [step] = view?.steps.filter(({ kind }) => kind === "dealer-asked") ?? [];
  expect(step && stepNote(step)).toEqual({ text: "메일로 요청", on: "2026-11-20", standing: false });
});
