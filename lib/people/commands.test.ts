import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { OperatorActor, PersonActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { type SignInState, signInState } from "@/lib/db/crossings";
import { Conflict, Forbidden, NotFound } from "@/lib/errors";
import { letterText } from "@/lib/outbox";
import { hashPassword } from "@/lib/password";
import { presentCode } from "@/lib/totp";
import { changeExpiry } from "./commands/change-expiry";
import { changeOrganization, renamePerson } from "./commands/change-organization";
import { changePassword } from "./commands/change-password";
import { changeRole } from "./commands/change-role";
import { createOrganization, createPerson } from "./commands/create-organization";
import { disablePerson, enablePerson } from "./commands/disable-person";
import { endOwnSessions } from "./commands/end-own-sessions";
import { enrollFactorAtSignIn, enrollOwnFactor, factorOffer, renewRecoveryCodes } from "./commands/enroll-factor";
import { giveFactor } from "./commands/give-factor";
import { invitePerson, resendInvite, withdrawInvite } from "./commands/invite-person";
import { joinOrganization } from "./commands/join-organization";
import { removeFactor } from "./commands/remove-factor";
import { endSessionsOf, resetFactor } from "./commands/reset-factor";
import { requestReset, resetPassword } from "./commands/reset-password";
import { signIn } from "./commands/sign-in";
import { endSession } from "./commands/sign-out";
import { switchOrganization } from "./commands/switch-organization";
import { listMyOrganizations, listMySessions } from "./queries/account";
import { getPerson, listInvites, listPeople, listRightChanges } from "./queries/people";
import type { RoleName } from "./schema";

const password = "바다를 건너는 파란 자전거";
const visitor = { address: "192.0.2.10", agent: "Mozilla/5.0 Firefox/140.0" };
let owner: pg.Client;
let ours: OperatorActor;
let theirs: OperatorActor;
let passwordHash: string;
let now = new Date();

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  passwordHash = await hashPassword(password);
  ours = await createOrganization("test", { slug: "ours", name: "주식회사 우리", secondFactorNeeded: false }, now);
  theirs = await createOrganization("test", { slug: "theirs", name: "주식회사 남", secondFactorNeeded: false }, now);
});
beforeEach(() => {
  now = new Date();
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

let made = 0;
async function make(role: RoleName, where: OperatorActor = ours): Promise<{ personId: string; email: string }> {
  made += 1;
  const email = `person${made}@example.kr`;
  const personId = await createPerson(where, { email, name: `사람 ${made}`, role, passwordHash }, now);
  return { personId, email };
}
async function enter(email: string): Promise<{ state: SignInState; actor: PersonActor }> {
  const { signInId } = await signIn(visitor, { email, password }, now);
  return stateOf(signInId);
}
async function stateOf(signInId: string): Promise<{ state: SignInState; actor: PersonActor }> {
  const state = await signInState(signInId);
  if (!state) throw new Error("The session is not in force");
  const { personId, organizationId, role } = state;
  return { state, actor: { kind: "person", personId, organizationId, role, signInId, address: visitor.address } };
}
async function actorOf(role: RoleName, where: OperatorActor = ours): Promise<PersonActor> {
  return (await enter((await make(role, where)).email)).actor;
}
async function events(): Promise<{ action: string; result: string; organization_id: string; body: string }[]> {
  return (await owner.query("SELECT action, result, organization_id, body FROM audit_events ORDER BY xact, at")).rows;
}
/** Runs a change and holds that it left exactly one entry. */
async function leaves<T>(action: string, work: () => Promise<T>): Promise<T> {
  const before = (await events()).length;
  const result = await work();
  const after = (await events()).slice(before);
  expect(after.map((event) => event.action)).toEqual([action]);
  return result;
}
async function lastMail(to: string): Promise<{ subject: string; text: string; token: string }> {
  const { rows } = await owner.query(
    "SELECT subject, body FROM mails WHERE recipient = $1 ORDER BY created_at DESC LIMIT 1",
    [to],
  );
  const text = letterText(rows[0].body);
  return { subject: rows[0].subject, text, token: /\/(?:invite|reset)\/([\w-]{43})/.exec(text)?.[1] ?? "" };
}
async function versionOf(actor: PersonActor, personId: string): Promise<number> {
  return (await getPerson(actor, personId))?.version ?? 0;
}

describe("sign-in", () => {
  it("opens a session of 12 hours and leaves one entry", async () => {
    const { email, personId } = await make("MARKETER");
    const opened = await leaves("session.opened", () => signIn(visitor, { email, password }, now));
    expect(opened.pending).toBeNull();
    const { state } = await stateOf(opened.signInId);
    expect(state.personId).toBe(personId);
    expect(state.endsAt.getTime() - now.getTime()).toBe(12 * 3_600_000);
  });
  it("keeps passwords as argon2id only", async () => {
    const { rows } = await owner.query(
      "SELECT DISTINCT left(password_hash, 31) AS kind FROM persons WHERE password_hash IS NOT NULL",
    );
    expect(rows).toEqual([{ kind: "$argon2id$v=19$m=19456,t=2,p=1$" }]);
  });
  it("answers wrong, unknown and disabled alike, and records the known", async () => {
    const admin = await actorOf("CLIENT_ADMIN");
    const { email } = await make("MARKETER");
    const gone = await make("MARKETER");
    await disablePerson(admin, { personId: gone.personId, version: 1 }, now);
    await leaves("session.refused", () =>
      expect(signIn(visitor, { email, password: "wrong" }, now)).rejects.toThrow("people.signIn.wrong"),
    );
    await leaves("session.refused", () =>
      expect(signIn(visitor, { email: gone.email, password }, now)).rejects.toThrow("people.signIn.wrong"),
    );
    const before = (await events()).length;
    await expect(signIn(visitor, { email: "nobody@example.kr", password }, now)).rejects.toThrow("people.signIn.wrong");
    expect((await events()).length).toBe(before);
  });
  it("stops hashing after ten tries, also of the right password, and opens again by itself", async () => {
    const { email } = await make("MARKETER");
    const open = await enter(email);
    const tries = await Promise.allSettled(
      Array.from({ length: 60 }, () => signIn(visitor, { email, password: "wrong" }, now)),
    );
    const reasons = tries.map((one) => (one.status === "rejected" ? String(one.reason.message) : "in"));
    expect(reasons.filter((reason) => reason === "people.signIn.wrong")).toHaveLength(10);
    expect(reasons.filter((reason) => reason === "people.locked")).toHaveLength(50);
    await expect(signIn(visitor, { email, password }, now)).rejects.toThrow("people.locked");
    // Who is in stays in, and can prove who it is; others are not touched.
    expect(await listMySessions(open.actor)).toHaveLength(1);
    await leaves("password.changed", () =>
      changePassword(open.actor, { presentPassword: password, newPassword: "초록 사과 일곱 개" }, now),
    );
    const other = await make("MARKETER");
    await signIn(visitor, { email: other.email, password }, now);
    await owner.query("UPDATE throttles SET until = clock_timestamp() - interval '1 second' WHERE until IS NOT NULL");
    vi.useFakeTimers({ toFake: ["Date"], now: now.getTime() + 15 * 60_000 });
    await signIn(visitor, { email, password: "초록 사과 일곱 개" }, now);
    vi.useRealTimers();
  });
  it("keeps neither address nor person in the counters", async () => {
    const { rows } = await owner.query("SELECT key FROM throttles");
    expect(rows.length).toBeGreaterThan(0);
    for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/);
  });
  it("ends at sign-out, after 30 idle minutes and after 12 hours", async () => {
    const { email } = await make("MARKETER");
    const first = await enter(email);
    await leaves("session.ended", () => endSession(first.state, visitor.address));
    expect(await signInState(first.state.signInId)).toBeNull();
    const idle = await enter(email);
    await owner.query(
      "UPDATE sign_ins SET last_seen_at = clock_timestamp() - interval '30 minutes 1 second' WHERE id = $1",
      [idle.state.signInId],
    );
    expect(await signInState(idle.state.signInId)).toBeNull();
    const long = await enter(email);
    await owner.query("UPDATE sign_ins SET ends_at = clock_timestamp() WHERE id = $1", [long.state.signInId]);
    expect(await signInState(long.state.signInId)).toBeNull();
  });
});

describe("second factor", () => {
  async function enrolled(role: RoleName = "MARKETER") {
    const { email } = await make(role);
    const { state, actor } = await enter(email);
    const at = new Date(now.getTime() - 120_000);
    const code = presentCode(factorOffer(state), at);
    const given = await leaves("factor.enrolled", () =>
      enrollOwnFactor(actor, state, visitor, { code, proofPassword: password }, at),
    );
    return { email, secret: factorOffer(state), ...given };
  }
  it("is enrolled with a code, sealed, with ten recovery codes shown once", async () => {
    const { secret, signInId, recoveryCodes } = await enrolled();
    const { state } = await stateOf(signInId);
    expect(state.factorAt).not.toBeNull();
    expect(new Set(recoveryCodes).size).toBe(10);
    const { rows } = await owner.query("SELECT totp_sealed FROM persons WHERE id = $1", [state.personId]);
    expect(rows[0].totp_sealed.toString("latin1")).not.toContain(secret);
    const hashes = await owner.query("SELECT hash FROM recovery_codes WHERE person_id = $1", [state.personId]);
    expect(hashes.rows.every(({ hash }) => hash.length === 32)).toBe(true);
  });
  it("is asked at sign-in, works once, and gives the session a new id", async () => {
    const { email, secret } = await enrolled();
    const opened = await signIn(visitor, { email, password }, now);
    expect(opened.pending).toBe("code");
    const { state } = await stateOf(opened.signInId);
    const code = presentCode(secret, now);
    const next = await leaves("factor.given", () => giveFactor(state, visitor, code, now));
    expect(next).not.toBe(opened.signInId);
    expect(await signInState(opened.signInId)).toBeNull();
    const again = await stateOf((await signIn(visitor, { email, password }, now)).signInId);
    await leaves("session.refused", () =>
      expect(giveFactor(again.state, visitor, code, now)).rejects.toThrow("people.factor.wrong"),
    );
  });
  it("takes one of two requests with the same code", async () => {
    const { email, secret } = await enrolled();
    const one = await stateOf((await signIn(visitor, { email, password }, now)).signInId);
    const two = await stateOf((await signIn(visitor, { email, password }, now)).signInId);
    const code = presentCode(secret, now);
    const both = await Promise.allSettled([one, two].map(({ state }) => giveFactor(state, visitor, code, now)));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
  it("takes the step before and after, not two away", async () => {
    for (const [steps, good] of [
      [-2, false],
      [-1, true],
      [1, true],
      [2, false],
    ] as const) {
      const { email, secret } = await enrolled();
      const { state } = await stateOf((await signIn(visitor, { email, password }, now)).signInId);
      const given = giveFactor(state, visitor, presentCode(secret, new Date(now.getTime() + steps * 30_000)), now);
      if (good) await expect(given).resolves.toBeTypeOf("string");
      else await expect(given).rejects.toThrow("people.factor.wrong");
    }
  });
  it("takes a recovery code once", async () => {
    const { email, recoveryCodes } = await enrolled();
    const code = String(recoveryCodes[3]).toUpperCase();
    const one = await stateOf((await signIn(visitor, { email, password }, now)).signInId);
    await leaves("factor.given", () => giveFactor(one.state, visitor, code, now));
    const two = await stateOf((await signIn(visitor, { email, password }, now)).signInId);
    await expect(giveFactor(two.state, visitor, code, now)).rejects.toThrow("people.factor.wrong");
  });
  it("is locked after ten wrong codes, also for wrong recovery codes", async () => {
    const { email, secret } = await enrolled();
    const { state } = await stateOf((await signIn(visitor, { email, password }, now)).signInId);
    for (let at = 0; at < 10; at += 1) {
      const wrong = at % 2 ? "000000" : "aaaa-bbbb-cccc";
      await expect(giveFactor(state, visitor, wrong, now)).rejects.toThrow("people.factor.wrong");
    }
    await expect(giveFactor(state, visitor, presentCode(secret, now), now)).rejects.toThrow("people.locked");
  });
  it("must be enrolled by those whose role needs one", async () => {
    const strict = await createOrganization(
      "test",
      { slug: `strict${made}`, name: "엄격", secondFactorNeeded: true },
      now,
    );
    const { email } = await make("CLIENT_ADMIN", strict);
    const opened = await signIn(visitor, { email, password }, now);
    expect(opened.pending).toBe("enroll");
    const { state } = await stateOf(opened.signInId);
    await expect(enrollFactorAtSignIn(state, visitor, "000000", now)).rejects.toThrow("people.factor.wrong");
    const code = presentCode(factorOffer(state), now);
    const done = await leaves("factor.enrolled", () => enrollFactorAtSignIn(state, visitor, code, now));
    expect(await signInState(opened.signInId)).toBeNull();
    const { actor } = await stateOf(done.signInId);
    await expect(removeFactor(actor, String(done.recoveryCodes[0]), now)).rejects.toThrow(
      "people.refused.factorObligatory",
    );
  });
  it("is renewed and removed only with a proof, which then is spent", async () => {
    const { signInId, recoveryCodes, secret } = await enrolled();
    const { actor } = await stateOf(signInId);
    await expect(renewRecoveryCodes(actor, password, now)).rejects.toThrow("people.refused.proof");
    const fresh = await leaves("recovery-codes.renewed", () =>
      renewRecoveryCodes(actor, String(recoveryCodes[0]), now),
    );
    await expect(removeFactor(actor, String(recoveryCodes[1]), now)).rejects.toThrow("people.refused.proof");
    expect(fresh).toHaveLength(10);
    await leaves("factor.removed", () => removeFactor(actor, presentCode(secret, now), now));
  });
});

describe("own account", () => {
  it("changes the password, ends other sessions, and refuses weak ones", async () => {
    const { email } = await make("MARKETER");
    const other = await enter(email);
    const { actor } = await enter(email);
    const attempt = (newPassword: string, presentPassword = password) =>
      changePassword(actor, { presentPassword, newPassword }, now);
    await expect(attempt("초록 사과 일곱 개", "wrong")).rejects.toThrow("people.refused.presentPassword");
    for (const common of ["password", "Password1", "1q2w3e4r", "qwertyuiop", "11111111", "abababab"]) {
      await expect(attempt(common)).rejects.toThrow("people.password.common");
    }
    for (const near of ["주식회사 우리", `${email.split("@")[0]}12`, "주식회사우리2026", "damso1234"]) {
      await expect(attempt(near)).rejects.toThrow("people.password.contextual");
    }
    const renewed = await leaves("password.changed", () => attempt("초록 사과 일곱 개"));
    expect(await signInState(other.state.signInId)).toBeNull();
    expect(await signInState(actor.signInId)).toBeNull();
    expect((await stateOf(renewed)).state.personId).toBe(actor.personId);
  });
  it("tells apart passwords that share 72 bytes", async () => {
    const long = "가".repeat(24);
    const { actor } = await enter((await make("MARKETER")).email);
    await changePassword(actor, { presentPassword: password, newPassword: `${long}a` }, now);
    await expect(
      changePassword(actor, { presentPassword: `${long}b`, newPassword: "초록 사과 일곱 개" }, now),
    ).rejects.toThrow("people.refused.presentPassword");
  });
  it("lists own sessions and ends one or all others", async () => {
    const { email } = await make("MARKETER");
    const [a, b, c] = [await enter(email), await enter(email), await enter(email)];
    expect((await listMySessions(a.actor)).map(({ current }) => current)).toEqual([true, false, false]);
    await expect(endOwnSessions(a.actor, { signInId: b.state.signInId, proofPassword: "wrong" }, now)).rejects.toThrow(
      "people.refused.proof",
    );
    await leaves("session.ended", () =>
      endOwnSessions(a.actor, { signInId: b.state.signInId, proofPassword: password }, now),
    );
    expect(await signInState(b.state.signInId)).toBeNull();
    const stranger = await actorOf("MARKETER");
    await expect(
      endOwnSessions(stranger, { signInId: c.state.signInId, proofPassword: password }, now),
    ).rejects.toThrow(NotFound);
    const renewed = await endOwnSessions(a.actor, { signInId: "others", proofPassword: password }, now);
    expect(await signInState(c.state.signInId)).toBeNull();
    expect(await signInState(a.state.signInId)).toBeNull();
    expect((await stateOf(String(renewed))).state.endsAt).toEqual(a.state.endsAt);
  });
  it("works on in another own organization only", async () => {
    const { email, personId } = await make("MARKETER");
    const { actor } = await enter(email);
    await expect(switchOrganization(actor, { organizationId: theirs.organizationId })).rejects.toThrow(NotFound);
    await expect(switchOrganization(actor, { organizationId: randomUUID() })).rejects.toThrow(NotFound);
    await expect(switchOrganization(actor, { organizationId: "'; --" })).rejects.toThrow(NotFound);
    await createPerson(theirs, { email, name: "x", role: "AUDITOR", passwordHash: null }, now);
    expect((await listMyOrganizations(actor)).map(({ role }) => role).sort()).toEqual(["AUDITOR", "MARKETER"]);
    await leaves("session.switched", () => switchOrganization(actor, { organizationId: theirs.organizationId }));
    const { state } = await stateOf(actor.signInId);
    expect([state.organizationId, state.role, state.personId]).toEqual([theirs.organizationId, "AUDITOR", personId]);
  });
  it("carries a name", async () => {
    const actor = await actorOf("AUDITOR");
    await leaves("person.renamed", () => renamePerson(actor, { name: "새 이름" }));
  });
});

describe("invitations", () => {
  const invite = { email: "new@example.kr", name: "새 사람", role: "MARKETER" } as const;
  it("are for administrators", async () => {
    for (const role of ["COMPLIANCE_OFFICER", "MARKETER", "AUDITOR"] as const) {
      const actor = await actorOf(role);
      await leaves("access.denied", () => expect(invitePerson(actor, invite, "ko", now)).rejects.toThrow(Forbidden));
    }
  });
  it("let a newcomer in once, with a password of his own", async () => {
    const admin = await actorOf("CLIENT_ADMIN");
    const email = `joins${made}@example.kr`;
    const { inviteId } = await leaves("person.invited", () => invitePerson(admin, { ...invite, email }, "ko", now));
    await expect(invitePerson(admin, { ...invite, email }, "ko", now)).rejects.toThrow("people.refused.invited");
    const mail = await lastMail(email);
    expect(mail.text).toContain(`http://127.0.0.1:3000/invite/${mail.token}`);
    expect((await listInvites(admin, now)).map(({ id }) => id)).toContain(inviteId);
    const join = { token: mail.token, name: "새로운 이", newPassword: "노란 우산 아래 고양이" };
    await expect(joinOrganization(visitor, { ...join, newPassword: "주식회사 우리" }, now)).rejects.toThrow(
      "contextual",
    );
    const opened = await leaves("person.joined", () => joinOrganization(visitor, join, now));
    const { state } = await stateOf(opened.signInId);
    expect([state.name, state.role, state.organizationId]).toEqual(["새로운 이", "MARKETER", ours.organizationId]);
    await expect(joinOrganization(visitor, join, now)).rejects.toThrow("people.ticket.used");
    const { items } = await listRightChanges(admin, { personId: state.personId });
    expect(items.map(({ kind, toRole, changedBy }) => [kind, toRole, changedBy])).toEqual([
      ["granted", "MARKETER", admin.personId],
    ]);
    await expect(invitePerson(admin, { ...invite, email }, "ko", now)).rejects.toThrow("people.refused.colleague");
  });
  it("add an organization to somebody who has an account, for the right password", async () => {
    const { email, personId } = await make("MARKETER", theirs);
    const admin = await actorOf("CLIENT_ADMIN");
    await invitePerson(admin, { ...invite, email, role: "AUDITOR" }, "ko", now);
    const { token } = await lastMail(email);
    await expect(joinOrganization(visitor, { token, newPassword: "노란 우산 아래 고양이" }, now)).rejects.toThrow(
      "errors.required",
    );
    await expect(joinOrganization(visitor, { token, password: "wrong" }, now)).rejects.toThrow(
      "people.refused.presentPassword",
    );
    const opened = await leaves("person.joined", () => joinOrganization(visitor, { token, password }, now));
    const { state } = await stateOf(opened.signInId);
    expect([state.personId, state.organizationId, state.role]).toEqual([personId, ours.organizationId, "AUDITOR"]);
  });
  it("expire, are withdrawn, and are sent again under a new link", async () => {
    const admin = await actorOf("CLIENT_ADMIN");
    const email = `late${made}@example.kr`;
    const { inviteId } = await invitePerson(admin, { ...invite, email }, "ko", now);
    const first = (await lastMail(email)).token;
    const week = new Date(now.getTime() + 7 * 86_400_000);
    const join = (token: string, at: Date) =>
      joinOrganization(visitor, { token, name: "늦은 이", newPassword: "노란 우산 아래 고양이" }, at);
    await expect(join(first, week)).rejects.toThrow("people.ticket.expired");
    await leaves("invite.resent", () => resendInvite(admin, { inviteId }, "ko", now));
    await expect(join(first, now)).rejects.toThrow("people.ticket.unknown");
    const second = (await lastMail(email)).token;
    const stranger = await actorOf("CLIENT_ADMIN", theirs);
    await expect(withdrawInvite(stranger, { inviteId }, now)).rejects.toThrow(NotFound);
    await expect(withdrawInvite(stranger, { inviteId: randomUUID() }, now)).rejects.toThrow(NotFound);
    await expect(resendInvite(stranger, { inviteId }, "ko", now)).rejects.toThrow(NotFound);
    await leaves("invite.withdrawn", () => withdrawInvite(admin, { inviteId }, now));
    await expect(join(second, now)).rejects.toThrow("people.ticket.withdrawn");
    await expect(resendInvite(admin, { inviteId }, "ko", now)).rejects.toThrow("people.ticket.withdrawn");
  });
  it("keep only the hash of the link", async () => {
    const admin = await actorOf("CLIENT_ADMIN");
    const email = `sealed${made}@example.kr`;
    await invitePerson(admin, { ...invite, email }, "ko", now);
    const { token } = await lastMail(email);
    const { rows } = await owner.query(
      "SELECT t::text AS row FROM tickets t UNION ALL SELECT m::text FROM mails m UNION ALL SELECT body FROM audit_events",
    );
    expect(rows.filter(({ row }) => row.includes(token))).toEqual([]);
  });
});

describe("reset", () => {
  it("answers alike for unknown addresses and mails the known", async () => {
    const { email } = await make("MARKETER");
    await leaves("reset.requested", () => requestReset(visitor, { email }, "ko", now));
    const before = (await owner.query("SELECT count(*) FROM mails")).rows[0].count;
    await requestReset(visitor, { email: "nobody@example.kr" }, "ko", now);
    expect((await owner.query("SELECT count(*) FROM mails")).rows[0].count).toBe(before);
  });
  it("sets a password once within ten minutes, ends sessions and keeps the factor", async () => {
    const { email } = await make("MARKETER");
    const first = await enter(email);
    const code = presentCode(factorOffer(first.state), now);
    const { signInId } = await enrollOwnFactor(
      first.actor,
      first.state,
      visitor,
      { code, proofPassword: password },
      now,
    );
    await requestReset(visitor, { email }, "ko", now);
    const old = (await lastMail(email)).token;
    await requestReset(visitor, { email }, "ko", now);
    const { token } = await lastMail(email);
    const newPassword = "빨간 등대 위의 갈매기";
    await expect(resetPassword(visitor, { token: old, newPassword }, now)).rejects.toThrow("people.ticket.withdrawn");
    const late = new Date(now.getTime() + 10 * 60_000 + 1_000);
    await expect(resetPassword(visitor, { token, newPassword }, late)).rejects.toThrow("people.ticket.expired");
    await expect(resetPassword(visitor, { token, newPassword: "password" }, now)).rejects.toThrow("common");
    await leaves("password.reset", () => resetPassword(visitor, { token, newPassword }, now));
    await expect(resetPassword(visitor, { token, newPassword }, now)).rejects.toThrow("people.ticket.used");
    expect(await signInState(signInId)).toBeNull();
    expect((await signIn(visitor, { email, password: newPassword }, now)).pending).toBe("code");
  });
  it("mails at most three times in a quarter of an hour", async () => {
    const { email } = await make("MARKETER");
    for (let at = 0; at < 5; at += 1) await requestReset(visitor, { email }, "ko", now);
    expect((await owner.query("SELECT 1 FROM mails WHERE recipient = $1", [email])).rowCount).toBe(3);
  });
});

describe("rights of colleagues", () => {
  it("change the role, end the sessions and stand in the history", async () => {
    const admin = await actorOf("CLIENT_ADMIN");
    const { email, personId } = await make("MARKETER");
    const theirSession = await enter(email);
    const later = new Date(now.getTime() + 1_000);
    await leaves("role.changed", () => changeRole(admin, { personId, role: "AUDITOR", version: 1 }, later));
    expect(await signInState(theirSession.state.signInId)).toBeNull();
    const person = await getPerson(admin, personId);
    expect([person?.role, person?.version, person?.expiresAt !== null]).toEqual(["AUDITOR", 2, true]);
    await expect(changeRole(admin, { personId, role: "MARKETER", version: 1 }, now)).rejects.toThrow(Conflict);
    const { items } = await listRightChanges(admin, { personId });
    expect(items.map(({ kind, fromRole, toRole }) => [kind, fromRole, toRole])).toEqual([
      ["changed", "MARKETER", "AUDITOR"],
      ["granted", null, "MARKETER"],
    ]);
  });
  it("are not anybody's own, and not another role's to change", async () => {
    const admin = await actorOf("CLIENT_ADMIN");
    const own = { personId: admin.personId, version: 1 };
    await expect(changeRole(admin, { ...own, role: "AUDITOR" }, now)).rejects.toThrow("people.refused.own");
    await expect(disablePerson(admin, own, now)).rejects.toThrow("people.refused.own");
    await expect(changeExpiry(admin, { ...own, expiresOn: "2027-01-01" }, now)).rejects.toThrow("people.refused.own");
    const { personId } = await make("MARKETER");
    for (const role of ["COMPLIANCE_OFFICER", "MARKETER", "AUDITOR"] as const) {
      const actor = await actorOf(role);
      await expect(changeRole(actor, { personId, role: "AUDITOR", version: 1 }, now)).rejects.toThrow(Forbidden);
      await expect(disablePerson(actor, { personId, version: 1 }, now)).rejects.toThrow(Forbidden);
      await expect(enablePerson(actor, { personId, version: 1 }, now)).rejects.toThrow(Forbidden);
      await expect(changeExpiry(actor, { personId, version: 1 }, now)).rejects.toThrow(Forbidden);
      await expect(resetFactor(actor, { personId, proofPassword: password }, "ko", now)).rejects.toThrow(Forbidden);
      await expect(endSessionsOf(actor, { personId, proofPassword: password }, now)).rejects.toThrow(Forbidden);
    }
  });
  it("of another organization are not there", async () => {
    const admin = await actorOf("CLIENT_ADMIN");
    const stranger = await make("MARKETER", theirs);
    for (const personId of [stranger.personId, randomUUID()]) {
      await expect(changeRole(admin, { personId, role: "AUDITOR", version: 1 }, now)).rejects.toThrow(NotFound);
      await expect(disablePerson(admin, { personId, version: 1 }, now)).rejects.toThrow(NotFound);
      await expect(enablePerson(admin, { personId, version: 1 }, now)).rejects.toThrow(NotFound);
      await expect(changeExpiry(admin, { personId, version: 1 }, now)).rejects.toThrow(NotFound);
      await expect(resetFactor(admin, { personId, proofPassword: password }, "ko", now)).rejects.toThrow(NotFound);
      await expect(endSessionsOf(admin, { personId, proofPassword: password }, now)).rejects.toThrow(NotFound);
      expect(await getPerson(admin, personId)).toBeNull();
    }
  });
  it("never leave an organization without administrator, also when two act at once", async () => {
    const small = await createOrganization(
      "test",
      { slug: `small${made}`, name: "작은", secondFactorNeeded: false },
      now,
    );
    const [a, b] = [await actorOf("CLIENT_ADMIN", small), await actorOf("CLIENT_ADMIN", small)];
    const both = await Promise.allSettled([
      changeRole(a, { personId: b.personId, role: "MARKETER", version: 1 }, now),
      disablePerson(b, { personId: a.personId, version: 1 }, now),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { rows } = await owner.query(
      "SELECT person_id FROM memberships WHERE organization_id = $1 AND role = 'CLIENT_ADMIN' AND disabled_at IS NULL",
      [small.organizationId],
    );
    expect(rows).toHaveLength(1);
    const operator = { ...small, name: "operator" };
    await expect(disablePerson(operator, { personId: rows[0].person_id, version: 1 }, now)).rejects.toThrow(
      "people.refused.lastAdministrator",
    );
  });
  it("end and come back", async () => {
    const admin = await actorOf("CLIENT_ADMIN");
    const { email, personId } = await make("AUDITOR");
    const session = await enter(email);
    await leaves("person.disabled", () => disablePerson(admin, { personId, version: 1, note: "퇴사" }, now));
    expect(await signInState(session.state.signInId)).toBeNull();
    await expect(disablePerson(admin, { personId, version: 2 }, now)).rejects.toThrow("people.refused.alreadyDisabled");
    await leaves("person.enabled", () => enablePerson(admin, { personId, version: 2 }, now));
    await leaves("expiry.changed", () => changeExpiry(admin, { personId, expiresOn: "2027-06-30", version: 3 }, now));
    expect((await getPerson(admin, personId))?.expiresAt?.toISOString()).toBe("2027-06-30T15:00:00.000Z");
    await owner.query("UPDATE memberships SET expires_at = clock_timestamp() WHERE person_id = $1", [personId]);
    await expect(signIn(visitor, { email, password }, now)).rejects.toThrow("people.signIn.wrong");
    expect(await versionOf(admin, personId)).toBe(4);
  });
  it("let an administrator reset a factor and end sessions, proven anew", async () => {
    const admin = await actorOf("CLIENT_ADMIN");
    const { email, personId } = await make("MARKETER");
    const first = await enter(email);
    const code = presentCode(factorOffer(first.state), now);
    const { signInId } = await enrollOwnFactor(
      first.actor,
      first.state,
      visitor,
      { code, proofPassword: password },
      now,
    );
    await expect(resetFactor(admin, { personId, proofPassword: "wrong" }, "ko", now)).rejects.toThrow(
      "people.refused.proof",
    );
    await leaves("factor.reset", () => resetFactor(admin, { personId, proofPassword: password }, "ko", now));
    expect(await signInState(signInId)).toBeNull();
    expect((await owner.query("SELECT 1 FROM recovery_codes WHERE person_id = $1", [personId])).rowCount).toBe(0);
    expect((await lastMail(email)).subject).not.toBe("");
    const again = await enter(email);
    await leaves("session.ended", () => endSessionsOf(admin, { personId, proofPassword: password }, now));
    expect(await signInState(again.state.signInId)).toBeNull();
  });
  it("are a history that nobody can change", async () => {
    await expect(owner.query("UPDATE right_changes SET note = 'x'")).rejects.toThrow("append-only");
    await expect(owner.query("DELETE FROM right_changes")).rejects.toThrow("append-only");
  });
});

describe("lists and settings", () => {
  it("page by name, forth and back", async () => {
    const big = await createOrganization("test", { slug: `big${made}`, name: "큰", secondFactorNeeded: false }, now);
    const admin = await actorOf("CLIENT_ADMIN", big);
    for (let at = 0; at < 60; at += 1) await make("MARKETER", big);
    const first = await listPeople(admin, {}, now);
    expect([first.items.length, first.previous]).toEqual([50, null]);
    const second = await listPeople(admin, { after: String(first.next) }, now);
    expect([second.items.length, second.next]).toEqual([11, null]);
    const back = await listPeople(admin, { before: String(second.previous) }, now);
    expect(back.items).toEqual(first.items);
    const found = await listPeople(admin, { q: String(first.items[7]?.email), state: "active" }, now);
    expect(found.items).toHaveLength(1);
    expect((await listPeople(admin, { q: "%_\\", after: "nonsense" }, now)).items).toEqual([]);
  });
  it("change the organization unless somebody was first", async () => {
    const admin = await actorOf("CLIENT_ADMIN", theirs);
    const input = { name: "주식회사 남남", secondFactorNeeded: false, version: 1 };
    await leaves("organization.changed", () => changeOrganization(admin, input));
    await expect(changeOrganization(admin, input)).rejects.toThrow(Conflict);
    const officer = await actorOf("COMPLIANCE_OFFICER", theirs);
    await expect(changeOrganization(officer, { ...input, version: 2 })).rejects.toThrow(Forbidden);
  });
});
