// Passwords, wrong tries, second factors (trust.md B, P-10 to P-14).
import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { dictionary } from "@zxcvbn-ts/language-common";
import { Secret, TOTP } from "otpauth";
import { hashPassword } from "@/lib/password";
import { type Answer, Caller, comparable } from "../harness-caller";
import { type Company, join, openCompany, sessionCookieName } from "../harness-company";
import { owner, row, rows } from "../harness-database";
import { enter, isIn, trySignIn } from "../harness-entry";
import { formWith, submit } from "../harness-form";
import { say } from "../probes/probe";

let company: Company;
let hash: string;
test.beforeAll(async () => {
  company = await openCompany();
  hash = await hashPassword(company.password);
});

const somebody = (role: "MARKETER" | "CLIENT_ADMIN" = "MARKETER") =>
  join(company, role, hash, `p${randomBytes(6).toString("hex")}`);

test("passwords lie hashed by argon2id with OWASP's parameters (P-10)", async () => {
  const found = await rows<{ hash: string }>(
    "SELECT password_hash AS hash FROM persons WHERE password_hash IS NOT NULL",
  );
  expect(found.length).toBeGreaterThan(5);
  for (const { hash: kept } of found) {
    const [, memory, time, lanes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(kept) ?? [];
    expect([Number(memory) >= 19_456, Number(time) >= 2, Number(lanes) >= 1]).toEqual([true, true, true]);
  }
});

test.describe("a new password (P-11)", () => {
  async function change(who: Caller, presentPassword: string, newPassword: string): Promise<Answer> {
    const page = "/account";
    const form = formWith(await who.get(page), page, { presentPassword: true, newPassword: true });
    return submit(who, form, { presentPassword, newPassword });
  }
  const bytes72 = randomBytes(36).toString("hex");
  const good: Readonly<Record<string, string>> = {
    "eight characters": "q7-Ldü9z",
    "sixty-four characters": randomBytes(32).toString("hex"),
    "two hundred characters": randomBytes(100).toString("hex"),
    Hangul: "느티나무 아래 앉은 고양이",
    "spaces at both ends": "  푸른 하늘 7  ",
    emoji: "🐢🌊🍋🧭🪁🎻🧊🛶",
    "decomposed Hangul": "바람개비 일곱 개".normalize("NFD"),
    "the length of bcrypt": bytes72,
    "one byte more than bcrypt knows": `${bytes72}x`,
  };
  for (const [name, password] of Object.entries(good))
    test(`${name} is taken exactly as typed`, async () => {
      const { email, caller } = await somebody();
      expect((await change(caller, company.password, password)).status).toBe(303);
      expect(await isIn(await enter(email, password))).toBe(true);
      const others = new Set([
        password.trim(),
        password.slice(0, -1),
        `${password}x`,
        password.normalize("NFC"),
        password.toUpperCase(),
      ]);
      others.delete(password);
      for (const other of others) {
        const who = new Caller();
        await trySignIn(who, email, other);
        expect([other, who.jar.has(sessionCookieName)]).toEqual([other, false]);
      }
    });

  test("too short, too long, common, and named after the company or oneself is refused beside its field", async () => {
    const { email, caller } = await somebody();
    const common = dictionary["passwords-common"].filter((word) => word.length >= 8);
    const refused: [string, string][] = [
      ["q7-Ldü9", "people.password.short"],
      ["🐢🌊🍋🧭🪁🎻🧊", "people.password.short"],
      ["x".repeat(201), "people.password.long"],
      ...common.slice(0, 12).map((word): [string, string] => [word, "people.password.common"]),
      ["Password1".toUpperCase(), "people.password.common"],
      ["１２３４５６７８", "people.password.common"],
      ["가나가나가나가나", "people.password.common"],
      [company.name, "people.password.contextual"],
      [`${company.marker}!1`, "people.password.contextual"],
      [email, "people.password.contextual"],
    ];
    for (const [password, key] of refused) {
      const answer = await change(caller, company.password, password);
      expect([password, answer.status, answer.text.includes(say(key))]).toEqual([password, 200, true]);
    }
    expect(await isIn(await enter(email, company.password))).toBe(true);
  });

  test("one of a megabyte is refused within a second, unread", async () => {
    const { caller } = await somebody();
    const started = performance.now();
    const page = "/account";
    const form = formWith(await caller.get(page), page, { newPassword: true });
    const big = "a".repeat(2 ** 20);
    const answer = await submit(caller, form, { presentPassword: big, newPassword: big }).catch(
      (error: Error) => error,
    );
    expect(answer instanceof Error ? /ECONNRESET|EPIPE/.test(String(answer)) : answer.status === 413).toBe(true);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

test.describe("wrong tries (P-12)", () => {
  test("a hundred wrong passwords cost ten hashes, lock that account for a while, and nobody else", async () => {
    const victim = await somebody();
    const other = await somebody();
    const inside = await enter(victim.email, company.password);
    const locked = say("people.locked").split(".")[0] ?? "";
    const tries = await Promise.all(
      Array.from({ length: 100 }, (_none, at) => trySignIn(new Caller(), victim.email, `wrong ${at}`)),
    );
    expect(tries.filter(({ status }) => status !== 200)).toEqual([]);
    expect(tries.filter(({ text }) => text.includes(locked)).length).toBeGreaterThanOrEqual(90);
    const { n } = await row<{ n: string }>(
      "SELECT count(*) n FROM audit_events WHERE action = 'session.refused' AND target_id = $1",
      [victim.personId],
    );
    expect(Number(n)).toBeLessThanOrEqual(10);
    const right = await trySignIn(new Caller(), victim.email, company.password);
    expect([right.status, right.text.includes(locked)]).toEqual([200, true]);

    expect(await isIn(inside)).toBe(true);
    expect(await isIn(await enter(other.email, company.password))).toBe(true);
    const { minutes } = await row<{ minutes: number }>(
      "SELECT extract(epoch FROM max(until) - now())::float / 60 AS minutes FROM throttles",
    );
    expect(minutes).toBeGreaterThan(1);
    expect(minutes).toBeLessThanOrEqual(15);

    await (await owner()).query(
      "UPDATE throttles SET since = since - interval '15 minutes', until = until - interval '15 minutes' WHERE until > now()",
    );
    // A process keeps a shut counter in mind for some seconds, so that a flood costs the database nothing.
    const again = async () => (await trySignIn(new Caller(), victim.email, company.password)).status;
    await expect.poll(again, { timeout: 45_000, intervals: [1_000] }).toBe(303);
  });

  test("an address that has no account is answered and locked like one that has (P-13)", async () => {
    const known = await somebody();
    const disabled = await somebody();
    await (await owner()).query("UPDATE memberships SET disabled_at = now() WHERE person_id = $1", [disabled.personId]);
    const unknown = `p${randomBytes(6).toString("hex")}@${company.marker}.example`;
    const emails = [known.email, disabled.email, unknown];
    const looks = (answer: Answer, email: string) => comparable(answer, email, encodeURIComponent(email));
    for (let time = 1; time <= 11; time += 1) {
      const answers = await Promise.all(emails.map((email) => trySignIn(new Caller(), email, "wrong password")));
      const [first = "", ...rest] = answers.map((answer, at) => looks(answer, emails[at] ?? ""));
      for (const one of rest) expect(one).toBe(first);
      expect(new Set(answers.map(({ bytes }) => bytes.length)).size).toBe(1);
    }
    const resets = await Promise.all(
      emails.map(async (email) => {
        const who = new Caller();
        const form = formWith(await who.get("/reset"), "/reset", { email: true });
        return looks(await submit(who, form, { email }), email);
      }),
    );
    expect(new Set(resets).size).toBe(1);
  });

  test("an invitation says the same whether or not the address has an account elsewhere (P-13)", async () => {
    const elsewhere = await openCompany();
    const page = "/people/invite";
    const { caller } = company.people.CLIENT_ADMIN;
    const emails = [elsewhere.people.MARKETER.email, `marketer@${randomBytes(4).toString("hex")}marke.example`];
    const answers: string[] = [];
    for (const email of emails) {
      const form = formWith(await caller.get(page), page, { email: true, name: true });
      answers.push(comparable(await submit(caller, form, { email, name: "새 동료", role: "MARKETER" }), email));
    }
    expect(answers[0]).toBe(answers[1]);
    await caller.get("/people/invites");
  });
});

test.describe("the second factor (P-14)", () => {
  const totp = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) });

  /** The secret that the page offers, as an app would read it. */
  function offered(answer: Answer): string {
    const [, grouped = ""] = /((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})/.exec(answer.text) ?? [];
    expect(grouped).not.toBe("");
    return grouped.replaceAll(" ", "");
  }

  async function enrolled(): Promise<{
    email: string;
    personId: string;
    secret: string;
    codes: string[];
    used: string;
  }> {
    const { email, personId, caller } = await somebody();
    const page = "/account";
    const answer = await caller.get(page);
    const secret = offered(answer);
    const used = totp(secret).generate();
    const sent = await submit(caller, formWith(answer, page, { code: true, proofPassword: true }), {
      code: used,
      proofPassword: company.password,
    });
    expect([sent.status, sent.headers.location]).toEqual([303, "/account/codes"]);
    const shown = await caller.get("/account/codes");
    const codes = [...shown.text.matchAll(/<li><span[^>]*>([A-Za-z0-9-]{8,30})<\/span><\/li>/g)].map(
      ([, code = ""]) => code,
    );
    expect(codes.length).toBeGreaterThanOrEqual(8);
    return { email, personId, secret, codes, used };
  }

  /** Gives a code after the password. */
  async function give(email: string, code: string): Promise<{ who: Caller; answer: Answer }> {
    const who = await enter(email, company.password);
    const page = "/sign-in/code";
    return { who, answer: await submit(who, formWith(await who.get(page), page, { code: true }), { code }) };
  }

  test("a code works once, one of two steps away never, a recovery code once; nothing lies in clear", async () => {
    const { email, personId, secret, codes, used } = await enrolled();
    const halfway = await enter(email, company.password);
    expect((await halfway.get("/account")).headers.location).toBe("/sign-in/code?next=%2Faccount");
    expect((await halfway.get("/channels")).status).toBe(307);
    const at = (steps: number) => totp(secret).generate({ timestamp: Date.now() + steps * 30_000 });
    for (const code of [used, at(-2), at(2), "000000", "12345", "", "1".repeat(30)]) {
      const { who, answer } = await give(email, code);
      expect([code, answer.status, await isOnlyHalfway(who)]).toEqual([code, 200, true]);
    }
    const [first = "", second = ""] = codes;
    const { who } = await give(email, first);
    expect(await isIn(who)).toBe(true);
    expect(await isOnlyHalfway((await give(email, first)).who)).toBe(true);
    expect(await isIn((await give(email, second)).who)).toBe(true);
    const kept = await row<{ text: string }>(
      `SELECT p::text || (SELECT string_agg(r::text, '') FROM recovery_codes r WHERE r.person_id = p.id)
         || (SELECT string_agg(e::text, '') FROM audit_events e WHERE e.target_id = p.id::text OR e.actor_id = p.id::text) AS text
       FROM persons p WHERE id = $1`,
      [personId],
    );
    const clear = [
      secret,
      ...codes,
      Buffer.from(Secret.fromBase32(secret).buffer).toString("hex"),
      ...codes.map((code) => Buffer.from(code).toString("hex")),
    ];
    expect(clear.filter((text) => kept.text.includes(text))).toEqual([]);
  });

  async function isOnlyHalfway(who: Caller): Promise<boolean> {
    const { status, headers } = await who.get("/account");
    return status === 307 && headers.location === "/sign-in/code?next=%2Faccount";
  }

  test("ten wrong codes lock it, and the right one is refused then", async () => {
    const { email, codes } = await enrolled();
    const who = await enter(email, company.password);
    const page = "/sign-in/code";
    const form = formWith(await who.get(page), page, { code: true });
    for (let time = 1; time <= 10; time += 1) expect((await submit(who, form, { code: "000000" })).status).toBe(200);
    const answer = await submit(who, form, { code: codes[0] ?? "" });
    expect([answer.status, await isOnlyHalfway(who)]).toEqual([200, true]);
  });

  test("administrators and officers cannot go on without one where the company asks for it", async () => {
    const strict = await openCompany({ secondFactorNeeded: true });
    for (const role of ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"] as const) {
      const who = await enter(strict.people[role].email, strict.password);
      for (const page of ["/", "/channels", "/account", "/people", `/channels/${strict.channelId}`])
        expect((await who.get(page)).headers.location).toMatch(/^\/sign-in\/enroll(\?|$)/);
      const answer = await who.get(`/channels/${strict.channelId}/evidence/${strict.fileId}`);
      expect(answer.status).toBe(404);
    }
    for (const role of ["MARKETER", "AUDITOR"] as const)
      expect(await isIn(await enter(strict.people[role].email, strict.password))).toBe(true);
  });
});
