// A site served here: what the job finds on its pages, how it takes turns, and what it keeps.
import { randomUUID } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { Forbidden, NotFound } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { listWaiting } from "@/lib/today/queries/list-waiting";
import { requestFilteredPresence, requestPresence } from "./commands/request-presence";
import { checkPresence, planAllPresence } from "./jobs";
import { countPresence, listPresence } from "./queries/list-presence";
import { getPresenceHistory } from "./queries/presence-history";
import { presenceFiltersSchema } from "./schema/presence";

// Before anything asks for the settings: they are read once.
process.env.DAMSO_OUTBOUND_ALLOW = "127.0.0.78";

let company: TestCompany;
let site: Server;
let at = "";
let channelId = "";
let running = 0;
let most = 0;
const pages = new Map<string, RequestListener>();
const words = "고객센터 안내입니다. 평일 아홉 시부터 여섯 시까지 상담합니다. ".repeat(12);
const html =
  (body: string, status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><title>안내</title><p>${words}</p>${body}`);
  };

beforeAll(async () => {
  company = await openTestCompany();
  channelId = (await company.opened()).id;
  await company.owner.query(
    "INSERT INTO channel_go_lives (channel_id, organization_id, person_id) VALUES ($1, $2, $3)",
    [...[channelId, company.ours, company.admin.personId]],
  );
  site = createServer((request, response) => {
    running += 1;
    most = Math.max(most, running);
    response.on("close", () => {
      running -= 1;
    });
    const answer = pages.get(request.url ?? "");
    if (answer) answer(request, response);
    else response.writeHead(404, { "content-type": "text/html" }).end("<p>없음</p>");
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

async function place(code: string, path: string | null): Promise<string> {
  const id = randomUUID();
  await company.owner.query(
    "INSERT INTO placements (id, organization_id, channel_id, code, name, medium, page_url, owner_id) VALUES ($1, $2, $3, $4, $4, 'web', $5, $6)",
    [id, company.ours, channelId, code, path === null ? null : `${at}${path}`, company.marketer.personId],
  );
  return id;
}
const latest = async (id: string) =>
  (await company.owner.query("SELECT * FROM presence_latest WHERE placement_id = $1", [id])).rows[0];
const checks = async (id: string) =>
  (await company.owner.query("SELECT * FROM presence_checks WHERE placement_id = $1 ORDER BY at", [id])).rows;
const run = () => checkPresence(new Date(), { restMs: 0 });

it("tells 200 pages apart: placed, moved, removed, hidden behind scripts, commented out, encoded, sent on, walled", async () => {
  const own = (code: string) => `${env().DAMSO_URL}/b/${code}`;
  const kinds: ((code: string) => [RequestListener, string])[] = [
    (code) => [html(`<a href="${own(code)}">상담</a>`), "yes link"],
    (code) => [html(`<script async src="${env().DAMSO_URL}/embed.js" data-placement="${code}"></script>`), "yes embed"],
    (code) => [html(`<a href="${own(code).replaceAll("/", "&#x2F;")}?a=1&amp;b=2">상담</a>`), "yes link"],
    () => [(_request, response) => response.writeHead(302, { location: "/moved" }).end(), "no moved"],
    () => [html(""), "no not-there"],
    () => [html("", 404), "no gone"],
    () => [html("", 403), "unknown wall"],
    (code) => [html(`<!-- <a href="${own(code)}"> -->`), "no commented"],
    (code) => [html(`<script>document.write('<a href="${own(code)}">')</script>`), "unknown in-script"],
    () => [
      (_request, response) =>
        response.writeHead(200, { "content-type": "text/html" }).end("<div id=root></div><script src=/a.js></script>"),
      "unknown script-only",
    ],
  ];
  pages.set("/moved", html(""));
  const expected = new Map<string, string>();
  for (let n = 0; n < 200; n += 1) {
    const code = `page_${n}`;
    const [answer, verdict] = kinds[n % kinds.length]?.(code) ?? [html(""), ""];
    pages.set(`/p/${n}`, answer);
    expected.set(await place(code, `/p/${n}`), verdict);
  }
  expect(await planAllPresence(new Date())).toBe(200);
  expect(await planAllPresence(new Date())).toBe(0);
  expect(await run()).toBe(200);
  const { rows } = await company.owner.query(
    "SELECT placement_id AS id, verdict || ' ' || reason AS said FROM presence_checks",
  );
  expect(new Map(rows.map(({ id, said }) => [id, said]))).toEqual(expected);
  // Never a third of one host, whatever the number of workers.
  expect(most).toBeLessThanOrEqual(2);
  expect(await run()).toBe(0);
}, 60_000);

it("wants it gone once it is taken down, looks until it is clean, and then no more", async () => {
  const id = await place("down", "/down");
  pages.set(
    "/down",
    html(`<a href="${env().DAMSO_URL}/b/down">상담</a><a href="https://pf.kakao.com/_abc/chat">문의</a>`),
  );
  await run();
  await planAllPresence(new Date());
  await run();
  expect(await latest(id)).toMatchObject({ wanted: "present", verdict: "yes", care: 2, old_links: 1 });
  await company.owner.query(
    "INSERT INTO placement_retirements (placement_id, organization_id, person_id) VALUES ($1, $2, $3)",
    [...[id, company.ours, company.admin.personId]],
  );
  await planAllPresence(new Date());
  await run();
  expect(await latest(id)).toMatchObject({ wanted: "absent", verdict: "yes", care: 0 });
  pages.set("/down", html(""));
  await company.owner.query(
    "INSERT INTO presence_requests (organization_id, placement_id, wanted, reason) VALUES ($1, $2, 'absent', 'takedown')",
    [company.ours, id],
  );
  await run();
  expect(await latest(id)).toMatchObject({ wanted: "absent", verdict: "no", care: 5, next_due_at: null });
  const all = await checks(id);
  expect(all.map((one) => [one.trigger, one.wanted, one.verdict])).toEqual([
    ...[
      ["schedule", "present", "yes"],
      ["schedule", "absent", "yes"],
      ["takedown", "absent", "no"],
    ],
  ]);
  const { rows } = await company.owner.query("SELECT done_check_id FROM presence_requests WHERE placement_id = $1", [
    id,
  ]);
  expect(rows).toEqual([{ done_check_id: all.at(-1).id }]);
  await planAllPresence(new Date());
  expect(await run()).toBe(0);
});

it("answers a request for a place without a page", async () => {
  const id = await place("pageless", null);
  await company.owner.query(
    "INSERT INTO presence_requests (organization_id, placement_id, wanted, reason) VALUES ($1, $2, 'absent', 'takedown')",
    [company.ours, id],
  );
  await run();
  expect(await checks(id)).toMatchObject([{ verdict: "unknown", reason: "no-page", wanted: "absent" }]);
  expect(await latest(id)).toBeUndefined();
});

it("is asked for by people, once, and stands in the list by what needs care", async () => {
  const { admin, auditor, marketer, stranger, owner } = company;
  const id = await place("asked", "/asked");
  pages.set("/asked", html(""));
  await planAllPresence(new Date());
  await company.mark();
  expect(await requestPresence(marketer, { placementId: [id] })).toBe(1);
  await company.expectOneEvent("presence.requested", id);
  await requestPresence(marketer, { placementId: [id] });
  const open = "SELECT count(*)::int AS n FROM presence_requests WHERE placement_id = $1 AND done_at IS NULL";
  expect((await owner.query(open, [id])).rows).toEqual([{ n: 1 }]);
  await expect(requestPresence(auditor, { placementId: [id] })).rejects.toBeInstanceOf(Forbidden);
  await expect(requestPresence(stranger, { placementId: [id] })).rejects.toEqual(new NotFound());
  await expect(requestPresence(marketer, { placementId: [await place("bare", null)] })).rejects.toMatchObject({
    key: "placements.presence.noPage",
  });
  await run();
  const history = await getPresenceHistory(auditor, id, { after: "", before: "" });
  expect(history?.items).toMatchObject([{ trigger: "hand", verdict: "no", reason: "not-there", status: 200 }]);
  expect(await getPresenceHistory(stranger, id, { after: "", before: "" })).toBeNull();
  const missing = await listPresence(auditor, presenceFiltersSchema.parse({ verdict: "missing" }));
  const further = await listPresence(auditor, presenceFiltersSchema.parse({ verdict: "missing", after: missing.next }));
  expect(missing.items).toHaveLength(50);
  expect(further.items.map(({ placementId }) => placementId)).toContain(id);
  const back = await listPresence(
    auditor,
    presenceFiltersSchema.parse({ verdict: "missing", before: further.previous }),
  );
  expect(back.items).toEqual(missing.items);
  const counts = await countPresence(admin, { channel: "", owner: "" });
  expect(counts.missing).toBeGreaterThan(0);
  const waiting = (await listWaiting(admin, new Date())).find(({ kind }) => kind === "buttonMissing");
  expect(waiting?.values).toEqual({ count: counts.missing });
  expect((await listPresence(stranger, presenceFiltersSchema.parse({}))).items).toEqual([]);
  const { fine } = counts;
  expect(await requestFilteredPresence(admin, { verdict: "fine", channel: "", owner: "" })).toBe(fine);
  await run();
});
