// A campaign over a site that is really served: from buttons that stand everywhere to its certificate.
import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JobActor } from "@/lib/auth/actor";
import { kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { createPlacement } from "./commands";
import { proveTask, takeProof } from "./commands/close-task";
import { completeTakeDown } from "./commands/complete-take-down";
import { recheckTakeDown } from "./commands/follow-take-down";
import { openTakeDown } from "./commands/open-take-down";
import { runTakeDownsOf } from "./commands/run-take-downs";
import { checkPresence, planAllPresence } from "./jobs";
import { getTakeDown, listTasks } from "./queries/take-downs";
import { takeDownStatus } from "./rules/take-down";
import { createPlacementSchema } from "./schema";
import { openTakeDownSchema, taskFiltersSchema } from "./schema/take-down";

// Before anything asks for the settings: they are read once.
process.env.DAMSO_OUTBOUND_ALLOW = "127.0.0.78";

/** The day before yesterday: pages are looked at by the clock of the database, so the campaign's day must be over by it. */
const begun = new Date(Date.now() - 2 * 86_400_000);
const kinds = ["link", "embed", "script", "bare"] as const;
type Kind = (typeof kinds)[number];
const words = "고객센터 안내입니다. 평일 아홉 시부터 여섯 시까지 상담합니다. ".repeat(12);
const bodies: Record<Kind, (code: string) => string> = {
  link: (code) => `<p>${words}</p><a href="${env().DAMSO_URL}/b/${code}">카카오톡 상담하기</a>`,
  embed: (code) => `<p>${words}</p><script src="${env().DAMSO_URL}/embed.js" data-placement="${code}" async></script>`,
  script: () => `<div id="root"></div><script src="/app.js"></script>`,
  bare: () => `<p>${words}</p>`,
};
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let company: TestCompany;
let job: JobActor;
let site: Server;
let at = "";
let channelId = "";
/** What stands on a page now, by its address. */
const pages = new Map<string, string>();

beforeAll(async () => {
  process.env.DAMSO_FILES = `file:${mkdtempSync(path.join(tmpdir(), "take-down-site-"))}`;
  company = await openTestCompany();
  job = { kind: "job", name: "take-downs", organizationId: company.ours };
  channelId = (await company.opened()).id;
  await company.owner.query(
    "INSERT INTO channel_go_lives (channel_id, organization_id, person_id) VALUES ($1, $2, $3)",
    [channelId, company.ours, company.admin.personId],
  );
  site = createServer((request, response) => {
    const body = pages.get(request.url ?? "");
    response.writeHead(body === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><title>안내</title>${body ?? ""}`);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.78", resolve));
  at = `http://127.0.0.78:${(site.address() as AddressInfo).port}`;
});
afterAll(async () => {
  site.closeAllConnections();
  site.close();
  await company.owner.end();
  await closeDatabase();
});

type Placed = { id: string; page: string; code: string };

async function place(n: number): Promise<Placed> {
  const page = `/help/${n}`;
  const input = { channelId, name: `도움말 ${n}`, medium: "web", pageUrl: `${at}${page}` };
  const { id, code } = await createPlacement(company.marketer, createPlacementSchema.parse(input));
  return { id, page, code };
}
const show = ({ page, code }: Placed, kind: Kind) => pages.set(page, bodies[kind](code));
const look = () => checkPresence(new Date(), { restMs: 0 });
const follow = () => runTakeDownsOf(job, new Date());

it("runs from the standing buttons to the certificate: clean pages close by themselves, the others wait", async () => {
  const places: Placed[] = [];
  for (let n = 0; n < 40; n += 1) places.push(await place(n));
  for (const [n, one] of places.entries()) show(one, n % 2 === 0 ? "link" : "embed");
  await planAllPresence(new Date());
  expect(await look()).toBe(40);

  const input = { placementId: places.map(({ id }) => id), effectiveOn: kstDay(begun), note: "상담을 마칩니다" };
  const id = await openTakeDown(company.marketer, openTakeDownSchema.parse(input), begun);
  const state = async () => {
    const found = await getTakeDown(company.auditor, id, new Date());
    return found && takeDownStatus(found, new Date());
  };
  const open = async () =>
    (await listTasks(company.auditor, id, taskFiltersSchema.parse({ state: "open" }))).items.map((task) => task.id);
  const complete = () => completeTakeDown(company.marketer, { takeDownId: id }, new Date());

  // The day is over and every button still stands: each page is looked at, none is closed.
  expect(await follow()).toMatchObject({ closed: 0 });
  expect(await look()).toBe(40);
  expect(await follow()).toMatchObject({ closed: 0 });
  expect(await state()).toBe("running");
  await expect(complete()).rejects.toThrow(Refused);

  // Most are cleared, one by taking the page away; one moves its button into a script, and two are forgotten.
  for (const one of places) show(one, "bare");
  const [hidden, gone, left, embedded] = places as [Placed, Placed, Placed, Placed];
  show(hidden, "script");
  pages.delete(gone.page);
  show(left, "link");
  show(embedded, "embed");
  expect(await recheckTakeDown(company.marketer, { takeDownId: id }, new Date())).toBe(40);
  expect(await look()).toBe(40);
  expect(await follow()).toMatchObject({ closed: 37 });
  expect(await open()).toHaveLength(3);
  await expect(complete()).rejects.toThrow(Refused);

  // The forgotten ones are cleared; of the script nothing can be told, so a person shows what they saw.
  show(left, "bare");
  show(embedded, "bare");
  expect(await recheckTakeDown(company.marketer, { takeDownId: id }, new Date())).toBe(3);
  await look();
  expect(await follow()).toMatchObject({ closed: 2 });
  const [last = "", ...none] = await open();
  expect(none).toEqual([]);
  const form = new FormData();
  form.set("taskId", last);
  form.set("reason", "화면을 열어 버튼이 없는 것을 보았습니다");
  form.set("file", new File([png], "화면.png", { type: "image/png" }));
  const shown = new Request("http://x.example/", { method: "POST", body: form });
  await proveTask(company.marketer, id, shown, 0, new Date());
  expect(await state()).toBe("closing");

  await complete();
  expect(await state()).toBe("completed");
  const detail = await getTakeDown(company.auditor, id, new Date());
  const sealed = detail?.steps.find(({ kind }) => kind === "completed")?.sha256;
  const { rows } = await company.owner.query(
    "SELECT file_id FROM take_down_steps WHERE take_down_id = $1 AND kind = 'completed'",
    [id],
  );
  const file = await takeProof(company.auditor, id, rows[0].file_id);
  const bytes = Buffer.from(await new Response(file.stream).arrayBuffer());
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(sealed);
}, 120_000);
