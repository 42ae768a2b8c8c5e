import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JobActor } from "@/lib/auth/actor";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden, NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { createPlacement, retirePlacements } from "./commands";
import { closeTask, proveTask, takeProof } from "./commands/close-task";
import { completeTakeDown } from "./commands/complete-take-down";
import { handOverPlaces } from "./commands/edit-places";
import { handTask, reinstateTakeDown, remindTakeDown } from "./commands/follow-take-down";
import { openTakeDown } from "./commands/open-take-down";
import { runTakeDownsOf } from "./commands/run-take-downs";
import { getPlacement, listPlacements } from "./queries";
import { getTakeDown, listTakeDowns, listTasks } from "./queries/take-downs";
import { placementStatus } from "./rules";
import { takeDownStatus } from "./rules/take-down";
import { createPlacementSchema, placementFiltersSchema, placementStates } from "./schema";
import { openTakeDownSchema, taskFiltersSchema } from "./schema/take-down";
import { remindTakeDowns, runTakeDowns } from "./take-down-jobs";

const now = new Date();
const today = kstDay(now);
/** First instant after today. */
const tomorrow = kstDayStart(addDays(today, 1));
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
let company: TestCompany;
let job: JobActor;
let channelId: string;

beforeAll(async () => {
  process.env.DAMSO_FILES = `file:${mkdtempSync(path.join(tmpdir(), "take-downs-"))}`;
  company = await openTestCompany();
  job = { kind: "job", name: "take-downs", organizationId: company.ours };
});

beforeEach(async () => {
  channelId = (await company.opened()).id;
  await sql("INSERT INTO channel_go_lives (channel_id, organization_id, person_id) VALUES ($1, $2, $3)", [
    ...[channelId, company.ours, company.admin.personId],
  ]);
});

afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

const sql = (text: string, values: unknown[] = []) => company.owner.query(text, values);

async function place(more: object = {}): Promise<string> {
  const given = { channelId, name: "고객센터 첫 화면", medium: "offline" };
  const { id } = await createPlacement(company.marketer, createPlacementSchema.parse({ ...given, ...more }));
  return id;
}

const page = (host: string) => place({ medium: "web", pageUrl: `https://${host}/help` });

function open(ids: string[], more: object = {}) {
  const input = { placementId: ids, effectiveOn: today, note: "봄 행사가 끝났습니다", ...more };
  return openTakeDown(company.marketer, openTakeDownSchema.parse(input), now);
}

async function tasksOf(id: string) {
  return (await listTasks(company.auditor, id, taskFiltersSchema.parse({}))).items;
}

async function stateOf(id: string, at: Date) {
  const found = await getTakeDown(company.auditor, id, at);
  return found && takeDownStatus(found, at);
}

/** What a machine saw of a place's page. */
async function saw(placementId: string, verdict: "yes" | "no" | "unknown", at: Date, more: { page?: string } = {}) {
  await sql(
    `INSERT INTO presence_checks (organization_id, placement_id, at, trigger, wanted, verdict, reason, page_url, final_url, duration_ms)
     SELECT organization_id, id, $2, 'takedown', 'absent', $3, 'test', coalesce($4, page_url), page_url, 5 FROM placements WHERE id = $1`,
    [placementId, at, verdict, more.page ?? null],
  );
}

const endsAt = async (id: string) =>
  (await sql("SELECT ends_at FROM damso_press_targets($1)", [id])).rows[0].ends_at as Date | null;

async function endChannel(on: string | null) {
  if (on === null) await sql("DELETE FROM channel_ends WHERE channel_id = $1", [channelId]);
  else
    await sql(
      `INSERT INTO channel_ends (channel_id, organization_id, ends_on, reason, person_id) VALUES ($1, $2, $3, '', $4)
       ON CONFLICT (channel_id) DO UPDATE SET ends_on = excluded.ends_on`,
      [channelId, company.ours, on, company.admin.personId],
    );
}

const campaignsOf = async () =>
  (await listTakeDowns(company.auditor, { after: "", before: "" })).items.filter((one) => one.channelId === channelId);

function upload(takeDownId: string, taskId: string, reason = "", runId = "") {
  const form = new FormData();
  form.set("taskId", taskId);
  form.set("reason", reason);
  form.set("runId", runId);
  form.set("file", new File([png], "벽.png", { type: "image/png" }));
  const request = new Request("http://x.example/", { method: "POST", body: form });
  return proveTask(company.marketer, takeDownId, request, 0, tomorrow);
}

describe("a campaign by hand", () => {
  it("ends the redirects of its places at 24:00 KST of its day, and no others (P-43)", async () => {
    const [chosen, other] = [await place(), await place()];
    await company.mark();
    const id = await open([chosen]);
    await company.expectOneEvent("take-down.opened", id);
    expect(await endsAt(chosen)).toEqual(tomorrow);
    expect(await endsAt(other)).toBeNull();
    expect(await stateOf(id, new Date(tomorrow.getTime() - 1))).toBe("ahead");
    expect(await stateOf(id, tomorrow)).toBe("running");
    const row = await getPlacement(company.auditor, chosen, now);
    expect(row && placementStatus(row, row, now)).toBe("ending");
    expect(row && placementStatus(row, row, tomorrow)).toBe("ended");
  });

  it("finds its places by state as the rule says", async () => {
    const [chosen] = [await place(), await place()];
    await open([chosen]);
    for (const at of [now, tomorrow]) {
      for (const state of placementStates) {
        const filters = placementFiltersSchema.parse({ channel: channelId, state });
        const { items } = await listPlacements(company.auditor, filters, at);
        for (const row of items) expect(placementStatus(row, row, at)).toBe(state);
        if (state === "ending" || state === "ended")
          expect(items.map((row) => row.id)).toEqual(state === (at === now ? "ending" : "ended") ? [chosen] : []);
      }
    }
  });

  it("takes places by what they share, each once, and none that nobody chose", async () => {
    await place({ campaign: "봄" });
    const retired = await place({ campaign: "봄" });
    await retirePlacements(company.marketer, { placementId: [retired], reason: "끝" });
    const id = await open([], { campaign: "봄", channel: channelId });
    expect(await tasksOf(id)).toHaveLength(1);
    await expect(open([], { campaign: "봄", channel: channelId })).rejects.toThrow(Refused);
    await expect(open([])).rejects.toThrow(Refused);
    await expect(open([await place()], { effectiveOn: addDays(today, -1) })).rejects.toThrow(Refused);
  });

  it("is no business of the auditor, nor of another company", async () => {
    const id = await open([await place()]);
    const [task] = await tasksOf(id);
    const input = openTakeDownSchema.parse({ placementId: [await place()], effectiveOn: today, note: "x" });
    await expect(openTakeDown(company.auditor, input, now)).rejects.toThrow(Forbidden);
    await expect(openTakeDown(company.stranger, input, now)).rejects.toThrow(NotFound);
    const closing = { taskId: task?.id ?? "", reason: "뗐습니다" };
    await expect(closeTask(company.auditor, closing, now)).rejects.toThrow(Forbidden);
    await expect(closeTask(company.stranger, closing, now)).rejects.toThrow(NotFound);
    const back = { takeDownId: id, taskId: null, note: "다시" };
    await expect(reinstateTakeDown(company.marketer, back, now)).rejects.toThrow(Forbidden);
    await expect(reinstateTakeDown(company.strangeOfficer, back, now)).rejects.toThrow(NotFound);
    expect(await getTakeDown(company.stranger, id, now)).toBeNull();
  });

  it("closes a place once, whoever of two is first", async () => {
    const id = await open([await place()]);
    const [task] = await tasksOf(id);
    await company.mark();
    const closing = { taskId: task?.id ?? "", reason: "매장이 없어졌습니다" };
    const both = await Promise.allSettled([
      closeTask(company.marketer, closing, now),
      closeTask(company.officer, closing, now),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await company.expectOneEvent("take-down.place-closed", id);
  });

  it("puts places back: one, then all; their redirects work again", async () => {
    const [first, second] = [await place(), await place()];
    const id = await open([first, second]);
    const task = (await tasksOf(id)).find((one) => one.placementId === first);
    const one = { takeDownId: id, taskId: task?.id ?? "", note: "계속 씁니다" };
    await company.mark();
    await reinstateTakeDown(company.officer, one, now);
    await company.expectOneEvent("take-down.reinstated", id);
    expect(await endsAt(first)).toBeNull();
    expect(await endsAt(second)).toEqual(tomorrow);
    await expect(reinstateTakeDown(company.officer, one, now)).rejects.toThrow(Refused);
    await reinstateTakeDown(company.officer, { ...one, taskId: null }, now);
    expect(await endsAt(second)).toBeNull();
    expect(await stateOf(id, now)).toBe("reinstated");
  });

  it("hands a task over, and writes to whoever owes a place, once a day", async () => {
    const id = await open([await place(), await place()]);
    const [task] = await tasksOf(id);
    await handTask(company.marketer, { taskId: task?.id ?? "", ownerId: company.second.personId }, now);
    const letters = async () => (await sql("SELECT recipient FROM mails ORDER BY recipient")).rows.length;
    const before = await letters();
    expect(await remindTakeDown(company.marketer, { takeDownId: id }, now)).toBe(2);
    await expect(remindTakeDown(company.marketer, { takeDownId: id }, now)).rejects.toThrow(Refused);
    expect((await letters()) - before).toBe(2);
    await remindTakeDowns(job, now);
    const owed = await sql("SELECT count(*) FROM take_down_reminders WHERE take_down_id = $1", [id]);
    expect(Number(owed.rows[0].count)).toBe(2);
    const again = await letters();
    await remindTakeDowns(job, now);
    expect(await letters()).toBe(again);
    await remindTakeDowns(job, kstDayStart(addDays(today, 3)));
    expect(await letters()).toBeGreaterThan(again);
  });
});

describe("the end of a channel", () => {
  it("opens one campaign, though two jobs run at once, and then nothing more", async () => {
    await place();
    await endChannel(addDays(today, 3));
    await company.mark();
    await Promise.all([runTakeDownsOf(job, now), runTakeDownsOf(job, now)]);
    const [campaign, ...more] = await campaignsOf();
    expect(more).toEqual([]);
    expect(campaign).toMatchObject({ cause: "channel_stop", effectiveOn: addDays(today, 3), total: 1, closed: 0 });
    await company.expectOneEvent("take-down.opened", campaign?.id ?? "");
    const again = await runTakeDownsOf(job, now);
    expect(Object.values(again).every((count) => count === 0)).toBe(true);
  });

  it("moves its campaign with the day, adds places that came since, and withdraws it with the end", async () => {
    await place();
    await endChannel(addDays(today, 3));
    await runTakeDowns(now);
    await place();
    await endChannel(addDays(today, 9));
    await runTakeDowns(now);
    const [campaign] = await campaignsOf();
    expect(campaign).toMatchObject({ effectiveOn: addDays(today, 9), total: 2 });
    const back = { takeDownId: campaign?.id ?? "", taskId: null, note: "다시" };
    await expect(reinstateTakeDown(company.officer, back, now)).rejects.toThrow(Refused);
    await endChannel(null);
    await runTakeDowns(now);
    expect((await campaignsOf()).map(({ over }) => over)).toEqual(["withdrawn"]);
    await endChannel(addDays(today, 4));
    await runTakeDowns(now);
    expect(await campaignsOf()).toHaveLength(2);
  });
});

describe("a web page", () => {
  it("closes by a look after the effect that found it clean, by no other", async () => {
    const places = await Promise.all(["a", "b", "c", "d", "e"].map((name) => page(`${name}.example`)));
    const [clean = "", early = "", unknown = "", moved = "", back = ""] = places;
    const id = await open(places);
    const later = new Date(tomorrow.getTime() + 60_000);
    const asked = async () =>
      Number(
        (await sql("SELECT count(*) FROM presence_requests WHERE placement_id = ANY ($1)", [places])).rows[0].count,
      );
    await runTakeDownsOf(job, now);
    expect(await asked()).toBe(0);
    await runTakeDownsOf(job, tomorrow);
    await runTakeDownsOf(job, tomorrow);
    expect(await asked()).toBe(5);
    await saw(clean, "no", tomorrow);
    await saw(early, "no", new Date(tomorrow.getTime() - 1));
    await saw(unknown, "unknown", tomorrow);
    await saw(moved, "no", tomorrow, { page: "https://other.example/" });
    await saw(back, "no", tomorrow);
    await saw(back, "yes", later);
    await company.mark();
    expect((await runTakeDownsOf(job, later)).closed).toBe(1);
    await company.expectOneEvent("take-down.place-closed", id);
    const closed = (await tasksOf(id)).filter((task) => task.how === "check");
    expect(closed.map((task) => task.placementId)).toEqual([clean]);
    expect((await runTakeDownsOf(job, later)).closed).toBe(0);
  });

  it("is closed by hand with a reason and a file alone", async () => {
    const id = await open([await page("bot-wall.example")]);
    const [task] = await tasksOf(id);
    await expect(closeTask(company.marketer, { taskId: task?.id ?? "", reason: "봤습니다" }, now)).rejects.toThrow(
      Refused,
    );
    await expect(upload(id, task?.id ?? "")).rejects.toThrow(Refused);
    await upload(id, task?.id ?? "", "로그인 뒤에만 보이는 화면입니다");
    expect((await tasksOf(id))[0]).toMatchObject({ how: "hand", closedBy: "MARKETER" });
  });
});

describe("a printed place", () => {
  it("is closed once each of its print runs has a photo", async () => {
    const poster = await place();
    const runs: string[] = [];
    for (const number of [1, 2]) {
      const { rows } = await sql(
        `INSERT INTO print_runs (organization_id, placement_id, number, copies, printed_on, person_id) VALUES ($1, $2, $3, 100, $4, $5) RETURNING id`,
        [company.ours, poster, number, today, company.marketer.personId],
      );
      runs.push(rows[0].id);
    }
    const id = await open([poster]);
    const [task] = await tasksOf(id);
    await expect(upload(id, task?.id ?? "")).rejects.toThrow(Refused);
    await company.mark();
    await upload(id, task?.id ?? "", "", runs[0]);
    await company.expectOneEvent("take-down.run-proved", id);
    expect((await tasksOf(id))[0]).toMatchObject({ how: null, runs: [{ number: 1 }, { fileId: null }] });
    await expect(upload(id, task?.id ?? "", "", runs[0])).rejects.toThrow(Refused);
    await upload(id, task?.id ?? "", "", runs[1]);
    expect((await tasksOf(id))[0]).toMatchObject({ how: "photo" });
  });
});

it("goes along when everything of one person is handed over, and what is closed stays", async () => {
  const [left, done] = [await place(), await place()];
  const id = await open([left, done]);
  const tasks = await tasksOf(id);
  await upload(id, tasks.find((one) => one.placementId === done)?.id ?? "");
  await company.mark();
  const from = company.marketer.personId;
  await handOverPlaces(company.admin, { fromId: from, toId: company.officer.personId, reason: "부서를 옮깁니다" });
  const owners = new Map((await tasksOf(id)).map((one) => [one.placementId, one.ownerId]));
  expect([owners.get(left), owners.get(done)]).toEqual([company.officer.personId, from]);
  const { rows } = await sql(
    "SELECT body, reason FROM audit_events WHERE action = 'take-down.handed' AND target_id = $1",
    [id],
  );
  expect(rows.map(({ body, reason }) => [JSON.parse(body), reason])).toEqual([
    [{ tasks: 1, from, to: company.officer.personId }, "부서를 옮깁니다"],
  ]);
});

describe("the certificate", () => {
  it("is made once everything is down, kept as it is, and handed out", async () => {
    const [poster, web] = [await place(), await page("shop.example")];
    const id = await open([poster, web]);
    const complete = (at: Date) => completeTakeDown(company.marketer, { takeDownId: id }, at);
    await expect(complete(now)).rejects.toThrow(Refused);
    await expect(complete(tomorrow)).rejects.toThrow(Refused);
    const task = (await tasksOf(id)).find((one) => one.placementId === poster);
    const photo = await upload(id, task?.id ?? "");
    expect(photo.sha256).toBe(createHash("sha256").update(png).digest("hex"));
    await saw(web, "no", tomorrow);
    await runTakeDownsOf(job, tomorrow);
    expect(await stateOf(id, tomorrow)).toBe("closing");
    await company.mark();
    const both = await Promise.allSettled([complete(tomorrow), complete(tomorrow)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await company.expectOneEvent("take-down.completed", id);
    const detail = await getTakeDown(company.auditor, id, tomorrow);
    const step = detail?.steps.find(({ kind }) => kind === "completed");
    const { rows } = await sql("SELECT file_id FROM take_down_steps WHERE id = $1", [step?.id]);
    await company.mark();
    const file = await takeProof(company.auditor, id, rows[0].file_id);
    await company.expectOneEvent("take-down.file-taken", id);
    const bytes = Buffer.from(await new Response(file.stream).arrayBuffer());
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(step?.sha256);
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    await expect(takeProof(company.stranger, id, rows[0].file_id)).rejects.toThrow(NotFound);
    await expect(closeTask(company.marketer, { taskId: task?.id ?? "", reason: "다시" }, now)).rejects.toThrow(Refused);
  });
});
