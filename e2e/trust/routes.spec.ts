// docs/routes.csv is the list of everything that is answered (trust.md T-1): the build has no other route, and each is for whom it says.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { expect, test } from "@playwright/test";
import { type Permission, permissions } from "@/lib/auth/permissions";
import { base, Caller } from "../harness-caller";
import { type Company, openCompany, roles, signedIn } from "../harness-company";
import { changedTables, owner, stateOf } from "../harness-database";
import { browserHeaders } from "../harness-form";
import { opened, tell } from "../harness-hook";
import { pagesOf } from "../harness-pages";

type Route = { method: string; path: string; who: string; permission: string };

const routes: Route[] = readFileSync("docs/routes.csv", "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [method = "", path = "", who = "", permission = ""] = line.split(",");
    return { method, path, who, permission };
  });
/** Files of the build and of public/: read alone, and no route. */
const files = ["/icon.svg", "/_next/static/none.js", "/_next/image"];

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

/** Opened by a purpose given, or by who asked, alone: transcripts-reading.spec.ts and its probes walk them. */
const onPurpose = ["/transcripts/[id]/attachments/[attachmentId]", "/transcripts/exports/[id]/file"];

/** An address of this company for a route. */
function sample(path: string): string {
  const { channelId, contractId, placementId, connectionId, people, fileId, code, token, blockId, importId } = company;
  const ids: Readonly<Record<string, string>> = {
    ...{
      "/transcripts/imports": company.transcriptImportId,
      "/transcripts/exports": randomUUID(),
      "/transcripts": company.sessionId,
      "/monitor": company.sessionId,
      "/retention/policies": company.policyId,
      "/retention/holds": company.holdId,
      "/retention/destructions": company.destructionId,
      "/privacy/requests": company.dataRequestId,
      "/privacy/consents/records": company.consentId,
      "/privacy/consents": company.consentFormId,
      "/audit/access/reviews": company.accessReviewId,
      "/templates/media": company.mediaId,
      "/rehearsal/scenarios": company.scenarioId,
      "/rehearsal": company.rehearsalId,
      "/channels": channelId,
      "/dealers/contracts": contractId,
      "/placements/take-downs": company.takeDownId,
      "/placements": placementId,
      "/dealers": connectionId,
      "/people": people.MARKETER.personId,
      "/templates": company.templateId,
    },
  };
  const own = Object.entries(ids).find(([prefix]) => path.startsWith(`${prefix}/`))?.[1] ?? "";
  const parts: Readonly<Record<string, string>> = {
    ...{
      id: own,
      fileId: path.startsWith("/placements") ? company.takeDownFileId : fileId,
      taskId: company.takeDownTaskId,
      blockId,
      importId: path.startsWith("/placements")
        ? company.placeImportId
        : path.startsWith("/templates")
          ? company.templateImportId
          : importId,
      printId: company.printId,
      documentId: company.documentId,
      reconsignmentId: company.reconsignmentId,
      code,
      attachmentId: randomUUID(),
      token: path.startsWith("/hooks") ? token : "x".repeat(43),
      path: "events",
      channelId,
      format: path.startsWith("/rehearsal") ? "json" : "csv",
      dealer: "infobank",
      organization: company.marker,
    },
    "...nextauth": "csrf",
  };
  return path.replace(/[{[]([\w.]+)[\]}]/g, (_all, name: string) => parts[name] ?? name);
}

test("the list has every route of the build", () => {
  const manifest = JSON.parse(readFileSync(".next/server/app-paths-manifest.json", "utf8")) as Record<string, string>;
  const built = Object.keys(manifest)
    .filter((name) => !/^\/_(not-found|global-error)\//.test(name))
    .map((name) => name.replace(/\/\([^)]*\)/g, "").replace(/\/(page|route)$/, "") || "/");
  const listed = new Set(routes.map(({ path }) => path));
  expect(built.filter((path) => !listed.has(path))).toEqual([]);
});

test("the list has every address that the server answers before Next", () => {
  const names = ["presses", "health", "qr-images", "embed", "consignees", "pages"];
  const text = names.map((name) => readFileSync(`server/${name}.ts`, "utf8")).join("\n");
  const named = [...text.matchAll(/["`/^](\\?\/(?:b|q|o|embed|healthz|readyz|hooks)\b)/g)].map(([, one = ""]) =>
    one.replace("\\", ""),
  );
  expect(new Set(named).size).toBeGreaterThan(4);
  for (const name of new Set(named))
    expect([name, routes.some(({ path }) => path.startsWith(name))]).toEqual([name, true]);
});

test("the suite visits every page of the list", () => {
  const pages = new Set(pagesOf(company));
  const listed = routes.filter(
    ({ method, who, path }) =>
      method === "GET" &&
      who === "signed in" &&
      !/stream|fileId|documentId|letter|attachmentId|exports\/\[id\]|at\/(pdf|json)$|files\/\[format\]|statistics\/export|import\/sample|qr\/file|prints\/\[printId\]\/file|media\/\[id\]\/file|payload\/\[dealer\]|report\/pdf|file\/\[format\]$/.test(
        path,
      ),
  );
  expect(listed.length).toBeGreaterThan(20);
  for (const { path } of listed) expect([path, pages.has(sample(path))]).toEqual([path, true]);
});

test("each is answered to whom the list says, and to nobody else", async () => {
  test.setTimeout(120_000);
  const before = await stateOf(company.id);
  const read = routes.filter(({ method, path }) => method === "GET" && !path.endsWith("/stream"));
  for (const { path, who, permission } of read)
    for (const role of [...roles, null]) {
      const caller = role ? company.people[role].caller.copy() : new Caller();
      const { status, headers } = await caller.get(sample(path));
      const said = `${role} ${path} → ${status}`;
      const sentAway = String(headers.location).startsWith("/sign-in");
      if (who !== "signed in")
        expect([said, status < 500, status === 403 || sentAway]).toEqual([
          said,
          true,
          sentAway && who === "pending session",
        ]);
      else if (role && onPurpose.includes(path)) expect([said, status]).toEqual([said, 404]);
      else if (role && may(role, permission)) expect([said, status]).toEqual([said, 200]);
      else if (role) expect([said, [403, 404].includes(status)]).toEqual([said, true]);
      else expect([said, sentAway || status === 404]).toEqual([said, true]);
    }
  // Following a button is a press, whoever follows it.
  const changed = changedTables(before, await stateOf(company.id)).filter((name) => !/^pres(s|ence)/.test(name));
  expect(changed).toEqual([]);
});

function may(role: (typeof roles)[number], permission: string): boolean {
  // Two permissions: either of them opens the page.
  const may = (one: string) => (permissions[one as Permission] as readonly string[]).includes(role);
  return permission === "" || permission.split(" ").some(may);
}

test("no address has another method than the list says", async () => {
  test.setTimeout(120_000);
  const before = await stateOf(company.id);
  const { caller } = company.people.CLIENT_ADMIN;
  for (const path of new Set([...routes.map((route) => route.path), ...files])) {
    const has = new Set(routes.filter((route) => route.path === path).map(({ method }) => method));
    for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]) {
      const { status } = await caller.copy().ask(sample(path), { method, headers: browserHeaders });
      const open = method === "OPTIONS" && status === 204;
      expect([method, path, [400, 404, 405].includes(status) || open]).toEqual([method, path, true]);
    }
    if (has.has("POST")) continue;
    // A page is drawn anew by a POST without an action; nothing else answers one.
    const { status } = await caller.copy().ask(sample(path), { method: "POST", headers: browserHeaders });
    const drawn = await caller.copy().get(path.endsWith("/stream") ? "/nothing" : sample(path));
    expect([path, status < 500 && (status >= 400 || status === drawn.status)]).toEqual([path, true]);
  }
  // Following a button is a press, whoever follows it.
  const changed = changedTables(before, await stateOf(company.id)).filter((name) => !/^pres(s|ence)/.test(name));
  expect(changed).toEqual([]);
});

test("what the list does not have is not there", async () => {
  const { caller } = company.people.CLIENT_ADMIN;
  const odd = [
    "/admin",
    "/api",
    "/api/v1",
    "/graphql",
    "/.env",
    "/.git/config",
    "/package.json",
    "/server.ts",
    "/metrics",
    "/debug",
    "/_next/data/x.json",
  ];
  const more = [
    "/_next/server/app/page.js",
    "/_next/static/../server/app-paths-manifest.json",
    "/_next/webpack-hmr",
    "/__nextjs_original-stack-frame",
    "/docs/routes.csv",
    "/.damso/settings.json",
    "/.well-known/x",
    "/robots.txt",
    "/sitemap.xml",
    "/favicon.ico",
  ];
  for (const address of [...odd, ...more])
    expect([address, (await caller.get(address)).status]).toEqual([address, 404]);
});

/** An open stream: what came so far, and whether it has ended. */
function listen(who: Caller): Promise<{ status: number; text: () => string; over: () => boolean; close: () => void }> {
  return new Promise((resolve, reject) => {
    const cookie = [...who.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const sent = get(
      {
        host: base.hostname,
        port: base.port,
        path: "/monitor/stream",
        headers: { cookie, accept: "text/event-stream" },
      },
      (response) => {
        let heard = "";
        let ended = false;
        response.on("data", (part: Buffer) => {
          heard += part.toString("utf8");
        });
        for (const event of ["end", "close", "error"])
          response.on(event, () => {
            ended = true;
          });
        resolve({
          status: response.statusCode ?? 0,
          text: () => heard,
          over: () => ended,
          close: () => sent.destroy(),
        });
      },
    );
    sent.on("error", reject);
  });
}

test("a monitor that is open hears the own company's consults alone, and ends with its session (P-15, P-20)", async () => {
  const other = await openCompany();
  const { signInId, caller } = await signedIn(company.id, company.people.AUDITOR.personId);
  const stream = await listen(caller);
  expect(stream.status).toBe(200);
  try {
    await tell(other, opened(other));
    await tell(company, opened(company));
    await expect.poll(() => stream.text()).toContain(company.marker);
    expect(stream.text()).not.toContain(other.marker);
    await (await owner()).query("UPDATE sign_ins SET ended_at = now(), ended_because = 'ended' WHERE id = $1", [
      signInId,
    ]);
    await tell(company, opened(company));
    await expect.poll(() => stream.over(), { timeout: 30_000 }).toBe(true);
  } finally {
    stream.close();
  }
  const outside = await listen(new Caller());
  outside.close();
  expect(outside.status).toBe(307);
});
