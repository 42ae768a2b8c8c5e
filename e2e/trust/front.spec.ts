// Framework, headers, spellings, foreign origins (trust.md A).
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { type Answer, base, Caller } from "../harness-caller";
import { type Company, openCompany } from "../harness-company";
import { auditMark, changedTables, entriesSince, stateOf } from "../harness-database";
import { browserHeaders, filled, formWith, multipart, submit } from "../harness-form";
import { formsIn, pagesOf } from "../harness-pages";

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

const anonymous = () => new Caller();
const admin = () => company.people.CLIENT_ADMIN.caller;
const officer = () => company.people.COMPLIANCE_OFFICER.caller;

test("the image optimizer is off, fetches nothing and keeps nothing (P-02)", async () => {
  let connections = 0;
  const listener = createServer((_request, response) => response.end()).on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  const near = `http://127.0.0.1:${port}`;
  const urls = [
    ...["/icon.svg", "/icon.png", "icon.svg", "//icon.svg", "/../package.json", "/b/x/qr.svg", "/_next/static/x.png"],
    ...[
      near,
      `${near}/a.png`,
      `${near}/a.svg`,
      `${near}/a.avif`,
      `//127.0.0.1:${port}/a.png`,
      `http://localhost:${port}/a`,
    ],
    ...[`http://2130706433:${port}/a`, `http://[::ffff:127.0.0.1]:${port}/a`, `https://127.0.0.1:${port}/a`],
    ...["data:image/svg+xml,<svg/>", "file:///etc/passwd", "https://example.test/a.png", "/icon.svg?x=.avif"],
  ];
  expect(urls).toHaveLength(20);
  for (const url of urls)
    for (const path of [
      `/_next/image?url=${encodeURIComponent(url)}&w=640&q=75`,
      `/_next/image/?url=${encodeURIComponent(url)}`,
    ])
      expect([400, 404]).toContain((await anonymous().get(path)).status);
  expect(connections).toBe(0);
  await new Promise((resolve) => listener.close(resolve));
});

test.describe("spellings of protected pages (P-03)", () => {
  const spellings: Readonly<Record<string, (path: string) => [string, Record<string, string>?]>> = {
    "as it is": (path) => [path],
    "first letter percent-encoded": (path) => [
      path.replace(/^\/(.)/, (_all, letter) => `/%${letter.charCodeAt(0).toString(16)}`),
    ],
    "upper case": (path) => [path.replace(/^\/[a-z]+/, (word) => word.toUpperCase())],
    "two slashes": (path) => [`/${path}`],
    "a dot segment": (path) => [`/.${path}`],
    "a matrix parameter": (path) => [`${path};x`],
    "a trailing %2f": (path) => [`${path}%2f`],
    ".rsc": (path) => [`${path}.rsc`],
    "a segment's prefetch": (path) => [`${path}.segments/_tree.segment.rsc`],
    "?_rsc": (path) => [`${path}?_rsc=1`],
    "the header RSC": (path) => [path, { rsc: "1" }],
    "a prefetch": (path) => [path, { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" }],
    "x-middleware-subrequest": (path) => [path, { "x-middleware-subrequest": Array(5).fill("middleware").join(":") }],
    "Next's own parameter": (path) => [`${path}?nxtPid=${company.channelId}`],
  };
  for (const [name, spell] of Object.entries(spellings))
    test(`${name} shows nothing to anybody without a session`, async () => {
      for (const page of pagesOf(company)) {
        const [path, headers] = spell(page === "/" ? "/" : page);
        const answer = await anonymous().get(path, headers);
        const all = JSON.stringify(answer.headers) + answer.text;
        expect([path, answer.status < 500, all.includes(company.marker)]).toEqual([path, true, false]);
        const asked = [company.channelId, company.placementId, company.connectionId, company.fileId];
        const told = asked.filter((id) => answer.text.includes(id) && !path.includes(id));
        expect([path, told]).toEqual([path, []]);
      }
    });

  test("Next's words about where one comes from open no other page", async () => {
    const tree = encodeURIComponent(JSON.stringify(["", { children: ["(portal)", { children: ["channels", {}] }] }]));
    for (const headers of [
      { rsc: "1", "next-router-state-tree": tree, "next-url": "/channels" },
      { "x-nextjs-data": "1", "x-matched-path": "/channels" },
      { "x-invoke-path": "/channels", "x-invoke-output": "/channels", "x-now-route-matches": "1=channels" },
      { "x-original-url": "/channels", "x-rewrite-url": "/channels" },
    ]) {
      const answer = await anonymous().get("/sign-in", headers);
      expect(answer.text).not.toContain(company.marker);
      expect(answer.status).toBeLessThan(500);
    }
  });
});

test.describe("headers (P-04)", () => {
  const policyOf = (answer: Answer) => String(answer.headers["content-security-policy"]);

  function expectSecured(path: string, answer: Answer): void {
    const { headers } = answer;
    const policy = policyOf(answer);
    const said = {
      path,
      nonce: Buffer.from(/'nonce-([^']+)'/.exec(policy)?.[1] ?? "", "base64").length >= 16,
      rules: [
        "'strict-dynamic'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ].filter((rule) => !policy.includes(rule)),
      unsafe: policy.includes("unsafe"),
      sniff: headers["x-content-type-options"],
      transport: /max-age=(\d+); includeSubDomains/.test(String(headers["strict-transport-security"])),
      referrer: Boolean(headers["referrer-policy"]),
      opener: headers["cross-origin-opener-policy"],
      permissions: Boolean(headers["permissions-policy"]),
      cache: /no-store/.test(String(headers["cache-control"])),
      by: headers["x-powered-by"] ?? headers.server,
    };
    expect(said).toEqual({
      ...{
        path,
        nonce: true,
        rules: [],
        unsafe: false,
        sniff: "nosniff",
        transport: true,
        referrer: true,
        opener: "same-origin",
      },
      ...{ permissions: true, cache: true, by: undefined },
    });
  }

  test("stand on every page, signed in or not, found, missing, refused or ended", async () => {
    for (const path of pagesOf(company)) {
      for (const who of [admin(), company.people.MARKETER.caller, anonymous()])
        expectSecured(path, await who.get(path));
    }
    for (const path of [
      "/sign-in",
      "/sign-in/code",
      "/sign-in/enroll",
      "/reset",
      "/reset/x",
      "/invite/x",
      "/nothing",
      "/%",
      "/b/none",
    ])
      expectSecured(path, await anonymous().get(path));
    expectSecured(
      "POST",
      await admin().ask("/channels", { method: "POST", headers: { origin: "https://evil.example" } }),
    );
  });

  test("bring a nonce that was never used before: a hundred pages, a hundred nonces", async () => {
    const who = admin();
    const answers = await Promise.all(Array.from({ length: 100 }, () => who.get("/menu")));
    const nonces = answers.map((answer) => /'nonce-([^']+)'/.exec(policyOf(answer))?.[1]);
    expect(new Set(nonces).size).toBe(100);
    for (const [at, answer] of answers.entries()) {
      const scripts = [...answer.text.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.filter((tag) => !tag.includes(`nonce="${nonces[at]}"`))).toEqual([]);
    }
  });

  test("a policy that a visitor brings is nobody's (P-05)", async () => {
    const planted = `script-src 'nonce-"><img src=x onerror=alert(1)>'`;
    for (const name of ["content-security-policy", "content-security-policy-report-only"])
      for (const who of [admin(), anonymous()]) {
        const answer = await who.get("/sign-in", { [name]: planted });
        expect(JSON.stringify(answer.headers) + answer.text).not.toContain("onerror");
        expect(policyOf(await who.get("/menu", { [name]: "script-src 'nonce-planted'" }))).not.toContain("planted");
      }
  });
});

test("a form or an upload that comes from elsewhere changes nothing (P-06)", async () => {
  const foreign: Record<string, Record<string, string>> = {
    "another site": { ...browserHeaders, origin: "https://evil.example" },
    "a site with our name in front": { ...browserHeaders, origin: `${base.origin}.evil.example` },
    "no origin to speak of": { ...browserHeaders, origin: "null" },
    "a browser that says so": { ...browserHeaders, "sec-fetch-site": "cross-site" },
    "a neighbour": { ...browserHeaders, "sec-fetch-site": "same-site" },
    "an old browser": { referer: "https://evil.example/form" },
  };
  const before = await stateOf(company.id);
  const forms = await formsIn(company);
  expect(forms.length).toBeGreaterThan(20);
  for (const { who, form, name } of forms) {
    for (const [from, headers] of Object.entries(foreign)) {
      const { status } = await submit(who.copy(), form, {}, headers);
      expect([name, from, status]).toEqual([name, from, 403]);
    }
    const fields = Object.fromEntries(filled(form).filter(([, value]) => typeof value === "string"));
    const plain = { ...browserHeaders, "content-type": "text/plain" };
    const sent = { method: "POST", headers: plain, body: JSON.stringify(fields) };
    // A page is drawn anew, as for a GET; a route refuses; what matters is below.
    expect([name, (await who.copy().ask(form.action, sent)).status < 500]).toEqual([name, true]);
  }
  expect(changedTables(before, await stateOf(company.id))).toEqual([]);
});

test.describe("forged words about where a request comes from and goes to (P-07)", () => {
  const forged = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-forwarded-for": "203.0.113.99",
    "x-forwarded-port": "444",
    forwarded: "for=203.0.113.99;host=evil.example;proto=https",
    "x-real-ip": "203.0.113.99",
    "x-host": "evil.example",
    "x-original-url": "/evil",
    "x-damso-address": "203.0.113.99",
    "x-damso-path": "//evil.example",
  };

  test("reach no page, no redirect, no cookie and no entry of the log", async () => {
    for (const who of [admin().copy(), anonymous()])
      for (const path of [
        "/",
        "/channels",
        `/placements/${company.placementId}`,
        "/sign-in",
        "/reset",
        `/b/${company.code}`,
        "/nothing",
      ]) {
        const answer = await who.get(path, forged);
        expect(JSON.stringify([answer.headers, answer.cookies, answer.text])).not.toMatch(
          /evil\.example|203\.0\.113\.99/,
        );
        expect(answer.status).toBeLessThan(500);
      }
    const mark = await auditMark(company.id);
    const who = admin().copy();
    const page = `/channels/${company.channelId}/evidence/${company.fileId}`;
    expect((await who.get(page, forged)).status).toBe(200);
    const entries = await entriesSince(mark, company.id);
    expect(entries.map(({ action, address }) => [action, address])).toContainEqual([
      "evidence.downloaded",
      "127.0.0.1",
    ]);
  });

  test("a host that is not ours is refused", async () => {
    for (const host of [
      "evil.example",
      `evil.example:${base.port}`,
      "127.0.0.1",
      `127.0.0.1:${base.port}.evil.example`,
    ]) {
      const answer = await admin().get("/", { host });
      expect([host, answer.status]).toEqual([host, 400]);
      expect(answer.text).not.toContain("evil");
    }
  });
});

test("following every link, with GET and HEAD, changes nothing (P-08)", async () => {
  /** One address of each kind: ids and the values of filters make no other. */
  const kind = ({ pathname, searchParams }: URL) =>
    `${pathname.replace(/[\w-]{22,}/g, "*")}?${[...searchParams.keys()].sort().join("&")}`;
  for (const who of [admin(), officer()]) {
    const seen = new Set<string>();
    const waiting = [new URL("/", base)];
    const before = await stateOf(company.id);
    for (let to = waiting.pop(); to; to = waiting.pop()) {
      if (seen.has(kind(to))) continue;
      seen.add(kind(to));
      const path = to.pathname + to.search;
      const answer = await who.get(path);
      const head = await who.ask(path, { method: "HEAD" });
      expect([path, answer.status < 400, head.status]).toEqual([path, true, answer.status]);
      for (const [, href = ""] of answer.text.matchAll(/\bhref="([^"]+)"/g)) {
        const next = new URL(href.replaceAll("&amp;", "&"), base);
        const leaves = next.origin !== base.origin || /^\/([bq]\/[^/]+$|_next\/)/.test(next.pathname);
        if (!leaves) waiting.push(next);
      }
    }
    expect(seen.size).toBeGreaterThan(15);
    expect(changedTables(before, await stateOf(company.id))).toEqual([]);
  }
});

test("an action that no build knows is answered, and nothing happens", async () => {
  const page = "/channels/new";
  const form = formWith(await admin().get(page), page, { searchId: true });
  const unknown = filled(form, { searchId: "nirgends", name: "없는 행위" }).map(
    ([name, value]) => [name, String(value).replace(/[\da-f]{42}/, "0".repeat(42))] as const,
  );
  const { body, type } = multipart(unknown);
  const before = await stateOf(company.id);
  for (const headers of [{}, { "next-action": "0".repeat(42) }, { "next-action": "nonsense" }]) {
    const sent = { ...browserHeaders, "content-type": type, ...headers };
    expect((await admin().ask(page, { method: "POST", headers: sent, body })).status).toBeLessThan(500);
  }
  expect(changedTables(before, await stateOf(company.id))).toEqual([]);
});
