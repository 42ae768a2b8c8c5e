// What a form may not say: more than it asks, other kinds of values, hostile text (trust.md P-21, P-22, P-38).
import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { permissions } from "@/lib/auth/permissions";
import { type Answer, type Ask, base, Caller } from "../harness-caller";
import { type Company, openCompany, roles, signedIn } from "../harness-company";
import { changedTables, row, rowsWith, stateOf } from "../harness-database";
import { browserHeaders, filled, multipart } from "../harness-form";
import { type FoundForm, formRoles, formsIn, pagesOf } from "../harness-pages";
import { channelProbes } from "../probes/channels";
import { dealerProbes, prepareDealers } from "../probes/dealers";
import { peopleProbes } from "../probes/people";
import { placementProbes } from "../probes/placements";
import type { Probe } from "../probes/probe";
import { rehearsalProbes } from "../probes/rehearsals";
import { prepareScenarios, scenarioProbes } from "../probes/scenarios";

let ours: Company;
let theirs: Company;
test.beforeAll(async () => {
  [ours, theirs] = [await openCompany(), await openCompany()];
  await prepareDealers(ours);
  await prepareScenarios(ours);
});

/** Adds fields to whatever form it is given, where the form has none of that name. */
class Meddler extends Caller {
  constructor(
    cookies: Readonly<Record<string, string>>,
    private readonly more: Readonly<Record<string, string>>,
  ) {
    super(cookies);
  }
  override ask(path: string, asked: Ask = {}): Promise<Answer> {
    const type = String(asked.headers?.["content-type"] ?? "");
    const boundary = /boundary=(.+)$/.exec(type)?.[1];
    if (!boundary || asked.body === undefined) return super.ask(path, asked);
    const sent = Buffer.from(asked.body);
    const text = sent.toString("latin1");
    const added = Object.entries(this.more)
      .filter(([name]) => !text.includes(`name="${name}"`))
      .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
    return super.ask(path, { ...asked, body: Buffer.concat([Buffer.from(added.join("")), sent]) });
  }
}

test.describe("fields that a form does not ask for are nobody's (P-21)", () => {
  const probes: Readonly<Record<string, Probe>> = {
    ...channelProbes,
    ...placementProbes,
    ...dealerProbes,
    ...peopleProbes,
    ...scenarioProbes,
    ...rehearsalProbes,
  };
  for (const [permission, probe] of Object.entries(probes).filter(([name]) => !name.endsWith(":read")))
    test(permission, async () => {
      const id = randomUUID();
      const past = "2001-02-03T04:05:06Z";
      const more = {
        ...{
          organizationId: theirs.id,
          organization_id: theirs.id,
          id,
          userId: id,
          personId: id,
          signInId: id,
          approvedBy: id,
          createdBy: id,
        },
        ...{
          role: "CLIENT_ADMIN",
          status: "approved",
          state: "live",
          kind: "done",
          legalHold: "true",
          demonstration: "true",
        },
        ...{
          approvedAt: past,
          createdAt: past,
          created_at: past,
          at: past,
          expiresAt: past,
          retentionUntil: past,
          wentLiveAt: past,
        },
        ...{ version: "99", searchId: "fremd", senderKey: "f".repeat(40), code: "CHOSEN_BY_ME", tokenHash: id },
      };
      const role =
        roles.find((one) => (permissions as Record<string, readonly string[]>)[permission]?.includes(one)) ??
        "CLIENT_ADMIN";
      const target = await probe.target(ours, role);
      const aside = await stateOf(theirs.id);
      const meddler = new Meddler(Object.fromEntries(ours.people[role].caller.jar), more);
      const answer = await probe.act(meddler, target, ours);
      expect(answer.status).toBeLessThan(500);
      expect(changedTables(aside, await stateOf(theirs.id))).toEqual([]);
      for (const planted of [id, "2001-02-03", "CHOSEN_BY_ME", "fremd"])
        expect([planted, await rowsWith(planted, ours.id)]).toEqual([planted, []]);
      const { n } = await administrators(ours.id);
      expect(n).toBe("1");
    });

  const administrators = (organizationId: string) =>
    row<{ n: string }>("SELECT count(*) n FROM memberships WHERE organization_id = $1 AND role = 'CLIENT_ADMIN'", [
      organizationId,
    ]);
});

const scalars: Readonly<Record<string, string | Uint8Array>> = {
  "an operator": '{"not":""}',
  "another operator": '{"gt":"","in":["a"]}',
  "an array": '["a","b"]',
  null: "null",
  true: "true",
  "an empty object": "{}",
  NUL: "a\0b",
  "half a character": Buffer.from([0x61, 0xed, 0xa0, 0x80, 0x62]),
  "bytes that are no UTF-8": Buffer.from([0xff, 0xfe, 0x80]),
  "two hundred thousand characters": "가".repeat(60_000),
  NaN: "NaN",
  "1e309": "1e309",
  "minus zero": "-0",
  "2^31": "2147483648",
  "2^63": "9223372036854775808",
  "a hundred digits": "9".repeat(100),
  "the year 0": "0000-01-01",
  "the year 10000": "10000-01-01",
  "the last year of a Date": "275760-09-14T00:00:00Z",
  infinity: "infinity",
  "a bracket bomb": "[".repeat(10_000),
  __proto__: "__proto__",
  constructor: "constructor",
  "right to left": "a\u202e\u2066gpj.exe",
  "a quote": `'"--;\\%_$1\${7*7}{{7*7}}`,
  "a tag": "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "a formula": '=HYPERLINK("http://evil.example")',
  lines: "a\r\nSet-Cookie: x=1\r\n\r\nb",
  "combining marks": `a${"\u0301".repeat(500)}`,
};

type Try = { field: string; value: string | Uint8Array; name: string; kept?: boolean };

/** Sends a form with one field made hostile, in its place or (`kept`) beside what stands there. Bytes go out as they are. */
async function sendRaw(who: Caller, { form }: FoundForm, { field, value, name, kept }: Try): Promise<Answer> {
  const parts = kept ? filled(form) : filled(form, { [field]: null });
  const { body, type } = multipart(parts.map(([key, one]) => [key, String(one)] as const));
  const boundary = /boundary=(.+)$/.exec(type)?.[1] ?? "";
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`;
  const sent = Buffer.concat([Buffer.from(head), Buffer.from(value), Buffer.from("\r\n"), body]);
  return who.ask(form.action, { method: "POST", headers: { ...browserHeaders, "content-type": type }, body: sent });
}

async function expectHealthy(company: Company): Promise<void> {
  const callers = [];
  for (const role of formRoles) callers.push((await signedIn(company.id, company.people[role].personId)).caller);
  for (const page of pagesOf(company)) {
    const statuses: number[] = [];
    for (const caller of callers) statuses.push((await caller.get(page)).status);
    expect([page, statuses.every((status) => status < 500)]).toEqual([page, true]);
    // Some pages are the one's, some the other's; a list that was taken, or thrown away, is gone.
    if (!/^\/(channels|placements\/import|templates\/transfer)\//.test(page))
      expect([page, statuses.includes(200)]).toEqual([page, true]);
  }
}

/** `npm run trust` tries every scalar in every field; the short form each scalar on every form, and the worst in every field. */
const whole = process.env.DAMSO_TRUST === "whole";
const worst = ["an operator", "NUL", "half a character"];

test("hostile text in any field of any form is refused or kept as text, and poisons no page (P-22, P-38)", async () => {
  test.setTimeout(whole ? 1_800_000 : 600_000);
  const own = await openCompany();
  const forms = await formsIn(own);
  const aside = await stateOf(theirs.id);
  const faults: string[] = [];
  for (const found of forms) {
    const fields = found.form.names.filter((name) => !name.startsWith("$ACTION_ID"));
    const tries = fields.flatMap((field, place) => [
      ...Object.entries(scalars)
        .filter(([what], at) => whole || worst.includes(what) || at % fields.length === place)
        .map(([what, value]) => ({ field, what, value, name: field })),
      ...[`${field}[not]`, `${field}[]`, `__proto__[${field}]`]
        .filter((_name, at) => whole || at === place % 3)
        .map((name) => ({ field, what: name, value: "x", name })),
      { field, what: "twice", value: "x", name: field, kept: true },
    ]);
    const { caller } = await signedIn(own.id, own.people[found.role].personId);
    for (let at = 0; at < tries.length; at += 8)
      await Promise.all(
        tries.slice(at, at + 8).map(async (one) => {
          const { status, text } = await sendRaw(caller.copy(), found, one);
          const where = `${found.page} ${found.name} · ${one.field}: ${one.what}`;
          if (status >= 500) faults.push(`${where} → ${status}`);
          if (/Prisma|node_modules|invalid input syntax|\bat file:/.test(text)) faults.push(`${where} tells too much`);
        }),
      );
  }
  expect(faults).toEqual([]);
  expect(changedTables(aside, await stateOf(theirs.id))).toEqual([]);
  await expectHealthy(own);
});

test("hostile words in an address of the console are ignored or refused (P-22, P-38)", async () => {
  test.setTimeout(whole ? 900_000 : 300_000);
  const lists = [
    ...["/", "/channels", "/placements", "/dealers", `/dealers/${ours.connectionId}`, "/monitor", "/audit", "/people"],
    ...[
      "/people/history",
      "/people/invites",
      "/sign-in",
      "/placements/new",
      "/dealers/new",
      `/channels/${ours.channelId}`,
      `/channels/${ours.channelId}/blocks`,
      `/channels/${ours.channelId}/checks`,
    ],
    ...["", "/documents", "/consignees", "/exit", "/history"].map(
      (part) => `/dealers/contracts/${ours.contractId}${part}`,
    ),
  ];
  const names = [
    ...[
      "q",
      "after",
      "before",
      "state",
      "from",
      "to",
      "actor",
      "group",
      "result",
      "event",
      "channel",
      "medium",
      "owner",
    ],
    ...["place", "entry", "role", "next", "item", "refused", "code", "placement", "day", "since", "until", "format"],
  ];
  const words = [
    ...["'", "%00", "%ed%a0%80", encodeURIComponent('{"not":""}'), "9".repeat(40), "275760-09-14", "0000-00-00", "%25"],
    ...[
      "a".repeat(200),
      "1_00000000-0000-4000-8000-000000000000",
      "9999999999999999_00000000-0000-4000-8000-000000000000",
    ],
    ...["eyJhIjoxfQ", "WyIyMDI2LTAyLTMxVDAwOjAwOjAwWiIsIngiXQ", encodeURIComponent("\u202e\u0000")],
  ];
  const faults: string[] = [];
  const who = ours.people.COMPLIANCE_OFFICER.caller;
  const admin = ours.people.CLIENT_ADMIN.caller;
  for (const list of lists)
    for (const word of words) {
      const all = names.map((name) => `${name}=${word}`).join("&");
      const queries = [
        ...[all, names.map((name) => `${name}[not]=${word}`).join("&"), `${all}&${all}`],
        ...(whole ? names : ["q", "after", "before", "event"]).map((name) => `${name}=${word}`),
      ];
      const answers = await Promise.all(
        queries.map(
          async (query) => [query, (await (list === "/audit" ? who : admin).get(`${list}?${query}`)).status] as const,
        ),
      );
      for (const [query, status] of answers)
        if (status >= 500) faults.push(`${list}?${query.slice(0, 60)} → ${status}`);
    }
  for (const id of ["x", "%00", "1", "null", "__proto__", randomUUID().toUpperCase(), "a".repeat(500), "%F0%9F%90%A2"])
    for (const list of [
      "/channels",
      "/placements",
      "/dealers",
      "/dealers/contracts",
      "/people",
      "/reset",
      "/invite",
      "/calendar",
    ]) {
      const { status } = await admin.get(`${list}/${id}`);
      if (status >= 500) faults.push(`${list}/${id} → ${status}`);
    }
  expect(faults).toEqual([]);
});

test("hostile bodies and cookies are answered, never with a fault (P-38)", async () => {
  const json = { "content-type": "application/json" };
  const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
  const bodies: [Record<string, string>, string | Buffer][] = [
    [json, deep],
    [json, '{"a":1,"a":2,"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}'],
    [json, "{"],
    [json, Buffer.from([0xff, 0xfe])],
    [json, `"${"x".repeat(300_000)}"`],
    [{ "content-type": "multipart/form-data; boundary=x" }, "--x\r\n\r\n--x--"],
    [{ "content-type": "multipart/form-data" }, "--x--"],
    [
      { "content-type": "multipart/form-data; boundary=x" },
      '--x\r\nContent-Disposition: form-data; name="$ACTION_REF_1"\r\n\r\n\r\n--x\r\nContent-Disposition: form-data; name="$ACTION_1:0"\r\n\r\n{"id":"',
    ],
    [{ "content-type": "application/x-www-form-urlencoded" }, "%zz=%&a[b][c]=1&&&=="],
    [{ "content-type": "text/x-component" }, "0:[]"],
    [{ "content-type": "\u00e9" }, "x"],
  ];
  const { caller } = ours.people.CLIENT_ADMIN;
  const before = await stateOf(ours.id, theirs.id);
  for (const path of [
    "/",
    "/channels/new",
    "/sign-in",
    "/audit/export",
    "/api/auth/callback/credentials",
    "/api/auth/signout",
    `/channels/${ours.channelId}/evidence`,
  ])
    for (const [headers, body] of bodies) {
      const answer = await caller.copy().ask(path, {
        method: "POST",
        headers: { ...headers, origin: base.origin, "sec-fetch-site": "same-origin" },
        body,
      });
      expect([path, headers["content-type"], String(body).slice(0, 40), answer.status < 500]).toEqual([
        path,
        headers["content-type"],
        String(body).slice(0, 40),
        true,
      ]);
    }
  for (const value of ["%00", "%", "{}", "x".repeat(3_000), "__proto__", "ko-KR", "<script>"])
    for (const name of [
      "damso-locale",
      "damso-theme",
      "damso-done",
      "damso-codes",
      "damso",
      "NEXT_LOCALE",
      "locale",
      "theme",
    ]) {
      const who = new Caller({ ...Object.fromEntries(caller.jar), [name]: value });
      const { status } = await who.get("/menu");
      expect([name, value.slice(0, 10), status < 500]).toEqual([name, value.slice(0, 10), true]);
    }
  expect(changedTables(before, await stateOf(ours.id, theirs.id))).toEqual([]);
});
