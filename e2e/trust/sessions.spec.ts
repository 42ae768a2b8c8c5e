// Sessions, their ends, links that open an account, ways back (trust.md B, P-15 to P-18; C, P-24, P-26).
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { hashPassword } from "@/lib/password";
import { type Answer, base, Caller } from "../harness-caller";
import {
  type Colleague,
  type Company,
  giveFactor,
  join,
  openCompany,
  sessionCookieName,
  signedIn,
} from "../harness-company";
import { auditMark, changedTables, entriesSince, owner, row, stateOf } from "../harness-database";
import { enter, isIn, mailedLink, trySignIn } from "../harness-entry";
import { formWith, submit } from "../harness-form";
import { freshId, opened, tell } from "../harness-hook";
import { type FormOrder, say, sendForm } from "../probes/probe";

let company: Company;
let hash: string;
test.beforeAll(async () => {
  company = await openCompany();
  hash = await hashPassword(company.password);
});

type Role = Parameters<typeof join>[1];
const somebody = (role: Role = "MARKETER") => join(company, role, hash, `s${freshId()}`);
const admin = () => company.people.CLIENT_ADMIN.caller;

/** The administrator sends a form of a colleague's page. */
function asAdmin(colleague: Colleague, has: Record<string, string | true>, change: Record<string, string>, words = "") {
  return sendForm(admin(), { giver: admin(), page: `/people/${colleague.personId}`, has, words, change });
}

test.describe("the cookie (P-15)", () => {
  test("is http-only, same-site, for the whole host, and new at each sign-in", async () => {
    const { email } = await somebody();
    const who = new Caller();
    const answer = await trySignIn(who, email, company.password);
    const line = answer.cookies.find((cookie) => cookie.startsWith(`${sessionCookieName}=`)) ?? "";
    expect(line).toMatch(/; Path=\/;/);
    expect(line).toMatch(/; HttpOnly/i);
    expect(line).toMatch(/; SameSite=(lax|strict)/i);
    expect(line).not.toMatch(/; Domain=/i);
    const again = await enter(email, company.password);
    expect(again.jar.get(sessionCookieName)).not.toBe(who.jar.get(sessionCookieName));
  });

  test("is __Host- and secure behind https", async () => {
    const script =
      "import('./lib/auth/options.ts').then(({ sessionCookie }) => console.log(JSON.stringify(sessionCookie())))";
    const env = { ...process.env, DAMSO_URL: "https://damso.example" };
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "-e", script], { env });
    expect(JSON.parse(stdout)).toMatchObject({
      name: "__Host-damso",
      options: { secure: true, httpOnly: true, path: "/" },
    });
  });

  test("is not the one a visitor brought: neither invented, nor somebody else's", async () => {
    const attacker = await somebody();
    const victim = await somebody();
    const planted = attacker.caller.jar.get(sessionCookieName) ?? "";
    for (const brought of [planted, randomBytes(60).toString("base64url"), victim.actor.signInId]) {
      const who = new Caller({ [sessionCookieName]: brought });
      // Somebody signed in is sent on; the form is the one that visitors have.
      const form = formWith(await new Caller().get("/sign-in"), "/sign-in", { email: true });
      await submit(who, form, { email: victim.email, password: company.password });
      expect(who.jar.get(sessionCookieName)).not.toBe(brought);
      expect((await who.get("/account")).text).toContain(victim.email);
    }
    expect((await attacker.caller.get("/account")).text).not.toContain(victim.email);
  });

  test("forged, cut or foreign ones are nobody's", async () => {
    const good = (await somebody()).caller.jar.get(sessionCookieName) ?? "";
    const bad = [
      good.slice(0, -4),
      `${good}AAAA`,
      good.replace(/.{8}$/, "AAAAAAAA"),
      "null",
      "",
      "{}",
      "a.b.c.d.e",
      "x".repeat(4_000),
    ];
    for (const value of bad)
      expect([value, await isIn(new Caller({ [sessionCookieName]: value }))]).toEqual([value, false]);
  });
});

test.describe("a copied cookie is worth nothing at its next request (P-15, P-24)", () => {
  const ends: Readonly<Record<string, (whose: Colleague) => Promise<unknown>>> = {
    "after signing out": async ({ caller }) => {
      const page = "/menu";
      return submit(caller, formWith(await caller.get(page), page, {}, say("shell.signOut")));
    },
    "after changing the password elsewhere": async (whose) => {
      const who = await enter(whose.email, company.password);
      const form = formWith(await who.get("/account"), "/account", { newPassword: true });
      return submit(who, form, { presentPassword: company.password, newPassword: randomBytes(12).toString("hex") });
    },
    "after ending all others": async (whose) => {
      const who = await enter(whose.email, company.password);
      const form = formWith(await who.get("/account"), "/account", { signInId: "others" });
      return submit(who, form, { proofPassword: company.password });
    },
    "after ending that one": async (whose) => {
      const who = await enter(whose.email, company.password);
      const form = formWith(await who.get("/account"), "/account", { signInId: whose.actor.signInId });
      return submit(who, form, { proofPassword: company.password });
    },
    "after a change of role": (whose) => asAdmin(whose, { role: true }, { role: "AUDITOR" }),
    "after being disabled": (whose) => asAdmin(whose, { note: true }, {}),
    "after the administrator ended the sessions": (whose) =>
      asAdmin(whose, { proofPassword: true }, { proofPassword: company.password }, say("people.person.endSessions")),
    "after the second factor was reset": async (whose) => {
      await giveFactor(whose.personId);
      return asAdmin(
        whose,
        { proofPassword: true },
        { proofPassword: company.password },
        say("people.person.resetFactor"),
      );
    },
    "after thirty minutes without a request": async ({ actor }) =>
      (await owner()).query("UPDATE sign_ins SET last_seen_at = now() - interval '30 minutes 1 second' WHERE id = $1", [
        actor.signInId,
      ]),
    "after twelve hours": async ({ actor }) =>
      (await owner()).query("UPDATE sign_ins SET ends_at = now() - interval '1 second' WHERE id = $1", [
        actor.signInId,
      ]),
    "when the account has run out": async ({ personId }) =>
      (await owner()).query("UPDATE memberships SET expires_at = now() - interval '1 second' WHERE person_id = $1", [
        personId,
      ]),
  };
  for (const [when, end] of Object.entries(ends))
    test(when, async () => {
      const whose = await somebody();
      const copied = whose.caller.copy();
      expect(await isIn(copied)).toBe(true);
      await end(whose);
      expect(await isIn(copied)).toBe(false);
      const download = await copied.get(`/channels/${company.channelId}/evidence/${company.fileId}`);
      expect([download.status, download.text.includes(company.marker)]).toEqual([404, false]);
    });

  test("a session lasts twelve hours at most, however busy", async () => {
    const { email, personId } = await somebody();
    await enter(email, company.password);
    const { hours } = await row<{ hours: number }>(
      "SELECT extract(epoch FROM ends_at - created_at)::float / 3600 AS hours FROM sign_ins WHERE person_id = $1 ORDER BY created_at DESC LIMIT 1",
      [personId],
    );
    expect(hours).toBeCloseTo(12, 2);
  });

  test("a closed dealer connection is refused at its next post, too", async () => {
    const own = await openCompany();
    expect((await tell(own, opened(own))).status).toBe(200);
    const { caller } = own.people.CLIENT_ADMIN;
    const page = `/dealers/${own.connectionId}`;
    await submit(caller, formWith(await caller.get(page), page, {}, say("dealers.close.submit")));
    expect((await tell(own, opened(own))).status).toBe(404);
  });
});

test.describe("own sessions and others' (P-18)", () => {
  test("somebody sees all of his, ends one, then all others, and proves himself each time", async () => {
    const { email, personId, caller } = await somebody();
    const second = await signedIn(company.id, personId);
    const third = await signedIn(company.id, personId);
    const account = await caller.get("/account");
    const one = formWith(account, "/account", { signInId: second.signInId });
    const unproven = await submit(caller, one, { proofPassword: "not mine" });
    expect([unproven.status, await isIn(second.caller)]).toEqual([200, true]);
    expect((await submit(caller, one, { proofPassword: company.password })).status).toBe(303);
    expect([await isIn(second.caller), await isIn(third.caller), await isIn(caller)]).toEqual([false, true, true]);
    await submit(caller, formWith(account, "/account", { signInId: "others" }), { proofPassword: company.password });
    expect([await isIn(third.caller), await isIn(caller)]).toEqual([false, true]);
    expect(await isIn(await enter(email, company.password))).toBe(true);
  });

  test("nobody ends a colleague's with the own form", async () => {
    const mine = await somebody();
    await signedIn(company.id, mine.personId);
    const colleague = await somebody();
    const form = formWith(await mine.caller.get("/account"), "/account", { signInId: "others" });
    await submit(mine.caller, form, { signInId: colleague.actor.signInId, proofPassword: company.password });
    expect(await isIn(colleague.caller)).toBe(true);
  });
});

test.describe("mailed links (P-16)", () => {
  async function askReset(email: string, headers?: Record<string, string>): Promise<Answer> {
    const who = new Caller();
    const form = formWith(await who.get("/reset"), "/reset", { email: true });
    return submit(who, form, { email }, headers);
  }
  /** Sets a new password by a link; true when it was taken. */
  async function setBy(link: string, newPassword: string, token?: string): Promise<boolean> {
    const page = new URL(link).pathname;
    const who = new Caller();
    const answer = await who.get(page);
    if (!answer.text.includes('name="newPassword"')) return false;
    const sent = await submit(who, formWith(answer, page, { newPassword: true }), {
      newPassword,
      ...(token ? { token } : {}),
    });
    return sent.status === 303;
  }
  const expire = async (email: string) =>
    (await owner()).query("UPDATE tickets SET expires_at = now() - interval '1 second' WHERE email = $1", [email]);

  test("a reset link is for our own host, works once, ends every session, and leaves the second factor in place", async () => {
    const { email, personId, caller } = await somebody();
    await giveFactor(personId);
    await askReset(email, { "x-forwarded-host": "evil.example", "sec-fetch-site": "same-origin", origin: base.origin });
    const link = await mailedLink(email, "reset");
    expect(new URL(link).origin).toBe(base.origin);
    const password = randomBytes(12).toString("hex");
    expect(await setBy(link, password)).toBe(true);
    expect(await setBy(link, randomBytes(12).toString("hex"))).toBe(false);
    expect(await isIn(caller)).toBe(false);
    const who = await enter(email, password);
    expect((await who.get("/")).headers.location).toBe("/sign-in/code");
    const entry = await row<{ body: string }>(
      "SELECT body FROM audit_events WHERE action = 'password.reset' AND target_id = $1",
      [personId],
    );
    expect(entry.body).not.toContain(password);
  });

  test("a reset link dies after ten minutes, and when a newer one is asked for", async () => {
    const { email } = await somebody();
    await askReset(email);
    const first = await mailedLink(email, "reset");
    await askReset(email);
    const second = await mailedLink(email, "reset", first);
    expect(await setBy(first, randomBytes(12).toString("hex"))).toBe(false);
    const { minutes } = await row<{ minutes: number }>(
      "SELECT extract(epoch FROM max(expires_at - created_at))::float / 60 AS minutes FROM tickets WHERE email = $1",
      [email],
    );
    expect(minutes).toBeLessThanOrEqual(10);
    await expire(email);
    expect(await setBy(second, randomBytes(12).toString("hex"))).toBe(false);
  });

  test("one person's link cannot be turned to another's account", async () => {
    const [mine, theirs] = [await somebody(), await somebody()];
    await askReset(mine.email);
    const link = await mailedLink(mine.email, "reset");
    const who = new Caller();
    const page = new URL(link).pathname;
    const form = formWith(await who.get(page), page, { newPassword: true });
    const password = randomBytes(12).toString("hex");
    await submit(who, form, { newPassword: password, email: theirs.email, personId: theirs.personId });
    expect(await isIn(await enter(theirs.email, company.password))).toBe(true);
    const used = new URL(link).pathname.replace("/reset/", "/invite/");
    expect((await who.get(used)).text).not.toContain('name="newPassword"');
  });

  test("an invitation works once, within its seven days, for the role and company it names alone", async () => {
    const other = await openCompany();
    const email = `i${freshId()}@example.test`;
    const invite = (role: string) =>
      sendForm(admin(), {
        giver: admin(),
        page: "/people/invite",
        has: { email: true },
        change: { email, name: "새 동료", role },
      });
    expect((await invite("MARKETER")).status).toBe(303);
    const link = await mailedLink(email, "invite");
    expect(new URL(link).origin).toBe(base.origin);
    const page = new URL(link).pathname;
    const who = new Caller();
    const form = formWith(await who.get(page), page, { newPassword: true });
    const more = { role: "CLIENT_ADMIN", organizationId: other.id, email: other.people.CLIENT_ADMIN.email };
    const joined = await submit(who, form, { name: "새 동료", newPassword: randomBytes(12).toString("hex"), ...more });
    expect([joined.status, await isIn(who)]).toEqual([303, true]);
    const found = await row<{ role: string; organization: string; n: string }>(
      `SELECT min(m.role::text) AS role, min(m.organization_id::text) AS organization, count(*) n FROM memberships m JOIN persons p ON p.id = m.person_id WHERE p.email = $1`,
      [email],
    );
    expect(found).toEqual({ role: "MARKETER", organization: company.id, n: "1" });
    const again = await submit(new Caller(), form, { name: "새 동료", newPassword: randomBytes(12).toString("hex") });
    expect(again.status).not.toBe(303);
  });

  test("an invitation that has run out or was withdrawn opens nothing", async () => {
    for (const how of ["late", "withdrawn"]) {
      const email = `i${freshId()}@example.test`;
      const change = { email, name: "새 동료", role: "MARKETER" };
      await sendForm(admin(), { giver: admin(), page: "/people/invite", has: { email: true }, change });
      const page = new URL(await mailedLink(email, "invite")).pathname;
      const form = formWith(await new Caller().get(page), page, { newPassword: true });
      if (how === "late") await expire(email);
      else await (await owner()).query("UPDATE tickets SET withdrawn_at = now() WHERE email = $1", [email]);
      const answer = await submit(new Caller(), form, {
        name: "새 동료",
        newPassword: randomBytes(12).toString("hex"),
      });
      expect([how, answer.status]).toEqual([how, 200]);
      expect((await new Caller().get(page)).text).not.toContain('name="newPassword"');
    }
  });
});

test.describe("ways back (P-17)", () => {
  const spellings = [
    ...[
      "//evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "https:evil.example",
      "https://evil.example",
      "http:/evil.example",
    ],
    ...[
      "/\t/evil.example",
      "/\r\nLocation: https://evil.example",
      `${base.origin}@evil.example`,
      `${base.origin}.evil.example/`,
    ],
    ...[
      "/%2f%2fevil.example",
      "/%5cevil.example",
      "%00//evil.example",
      "%%%",
      "javascript:alert(1)",
      "/sign-in?next=//evil.example",
    ],
    ...["/a/../..//evil.example", "///evil.example/%2e%2e", " //evil.example"],
  ];

  function expectHome(spelling: string, { status, headers }: Answer): void {
    expect([spelling, status < 500]).toEqual([spelling, true]);
    if (headers.location === undefined) return;
    expect([spelling, new URL(headers.location, base).origin]).toEqual([spelling, base.origin]);
    expect(headers.location).not.toMatch(/^\/[/\\]/);
  }

  test("lead to our own pages, before and after signing in", async () => {
    const { email, caller } = await somebody();
    const form = formWith(await new Caller().get("/sign-in"), "/sign-in", { email: true });
    for (const next of spellings) {
      const asked = encodeURIComponent(next);
      expectHome(next, await caller.get(`/sign-in?next=${asked}`));
      for (const name of ["callbackUrl", "returnTo", "next"]) {
        expectHome(next, await new Caller().get(`/sign-in?${name}=${asked}`));
        for (const where of ["signin", "signout", "callback/credentials", "error", "session"])
          expectHome(next, await new Caller().get(`/api/auth/${where}?${name}=${asked}`));
      }
      expectHome(next, await submit(new Caller(), form, { email, password: company.password, next }));
    }
  });

  test("next-auth's own way in and out stays at home, too", async () => {
    const { email } = await somebody();
    for (const callbackUrl of spellings) {
      const who = new Caller({ "damso-next": encodeURIComponent(callbackUrl) });
      const { csrfToken } = JSON.parse((await who.get("/api/auth/csrf")).text) as { csrfToken: string };
      for (const where of ["callback/credentials", "signin/credentials", "signout"]) {
        const body = new URLSearchParams({ csrfToken, email, password: company.password, callbackUrl }).toString();
        const headers = {
          "content-type": "application/x-www-form-urlencoded",
          origin: base.origin,
          "sec-fetch-site": "same-origin",
        };
        expectHome(callbackUrl, await who.ask(`/api/auth/${where}`, { method: "POST", headers, body }));
      }
      expect([...who.jar.values()].join()).not.toContain("evil.example");
    }
  });
});

test.describe("the last administrator, and one's own role (P-26)", () => {
  test("nobody raises, lowers or ends himself, and one administrator always stays", async () => {
    const own = await openCompany();
    const { CLIENT_ADMIN, AUDITOR } = own.people;
    const page = `/people/${AUDITOR.personId}`;
    const self = { personId: CLIENT_ADMIN.personId, version: "1" };
    const before = await stateOf(own.id);
    const mark = await auditMark(own.id);
    const tries: Pick<FormOrder, "has" | "change">[] = [
      { has: { role: true }, change: { ...self, role: "AUDITOR" } },
      { has: { role: true }, change: { ...self, role: "CLIENT_ADMIN" } },
      { has: { note: true }, change: self },
      { has: { expiresOn: true }, change: { ...self, expiresOn: "2026-12-01" } },
    ];
    for (const order of tries) {
      const answer = await sendForm(CLIENT_ADMIN.caller, { giver: CLIENT_ADMIN.caller, page, ...order });
      expect(answer.status).toBe(200);
    }
    expect(changedTables(before, await stateOf(own.id))).toEqual([]);
    expect((await entriesSince(mark, own.id)).filter(({ result }) => result === "ok")).toEqual([]);
  });

  test("two administrators who lower each other at once leave one", async () => {
    const own = await openCompany();
    const first = own.people.CLIENT_ADMIN;
    const second = await join(own, "CLIENT_ADMIN", hash, "second");
    const lower = async (who: Colleague, whom: Colleague) =>
      submit(
        who.caller,
        formWith(await who.caller.get(`/people/${whom.personId}`), `/people/${whom.personId}`, { role: true }),
        { role: "MARKETER" },
      );
    await Promise.all([lower(first, second), lower(second, first)]);
    const { n } = await row<{ n: string }>(
      "SELECT count(*) n FROM memberships WHERE organization_id = $1 AND role = 'CLIENT_ADMIN' AND disabled_at IS NULL",
      [own.id],
    );
    expect(Number(n)).toBe(1);
  });
});
