import { describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors";
import ko from "@/messages/ko/people.json";
import { rightGroups, rightKey } from "./rights";
import {
  assertAdministratorLeft,
  assertNotOwn,
  auditorLastDay,
  browserName,
  factorState,
  lastDayOf,
  membershipEnd,
  membershipStatus,
  safeNext,
  ticketStatus,
} from "./rules";
import { emailSchema, newPasswordSchema } from "./schema";

const now = new Date("2026-11-22T03:00:00Z");

describe("the way back after sign-in", () => {
  it.each(["/", "/channels", "/channels/abc?tab=history", "/people?q=%EA%B9%80", "/a/b-c_d.e"])("keeps %s", (path) => {
    expect(safeNext(path)).toBe(path);
  });
  it("keeps a whole address of ours, and no other", () => {
    expect(safeNext("https://damso.example/people", "https://damso.example")).toBe("/people");
    expect(safeNext("https://damso.example.evil/people", "https://damso.example")).toBe("/");
    expect(safeNext("https://damso.example@evil/people", "https://damso.example")).toBe("/");
  });
  it("drops what Next adds for itself", () => {
    expect(safeNext("/people?_rsc=1abc")).toBe("/people");
  });
  it.each([
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example",
    "http:///evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\r\nLocation: https://evil.example",
    "/%0d%0aSet-Cookie:a=b",
    "https://damso@evil.example",
    "/%00",
    "/%5cevil.example",
    "/%2fevil.example",
    "/%2F%2Fevil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "%%%",
    "/%%%",
    "/한글",
    "",
    " ",
    "/sign-in?next=/sign-in",
    "/api/auth/signout",
    `/${"a".repeat(3_000)}`,
    null,
    undefined,
    ["/people"],
    { toString: () => "/people" },
  ])("never follows %j", (value) => {
    expect(safeNext(value)).toBe("/");
  });
});

describe("second factor", () => {
  const state = { secondFactorNeeded: true, totpConfirmed: false, factorAt: null } as const;
  it("is obligatory for administrator and compliance officer", () => {
    expect(factorState({ ...state, role: "CLIENT_ADMIN" })).toBe("enroll");
    expect(factorState({ ...state, role: "COMPLIANCE_OFFICER" })).toBe("enroll");
    expect(factorState({ ...state, role: "MARKETER" })).toBe("unneeded");
    expect(factorState({ ...state, role: "AUDITOR" })).toBe("unneeded");
  });
  it("is not where the organization has switched it off", () => {
    expect(factorState({ ...state, role: "CLIENT_ADMIN", secondFactorNeeded: false })).toBe("unneeded");
  });
  it("is asked of everybody who has one", () => {
    expect(factorState({ ...state, role: "MARKETER", secondFactorNeeded: false, totpConfirmed: true })).toBe("code");
    expect(factorState({ ...state, role: "MARKETER", totpConfirmed: true, factorAt: now })).toBe("given");
  });
});

describe("the end of an account", () => {
  it("is 24:00 KST of its last day", () => {
    expect(membershipEnd("MARKETER", "2026-12-31", now)?.toISOString()).toBe("2026-12-31T15:00:00.000Z");
    expect(lastDayOf(new Date("2026-12-31T15:00:00Z"))).toBe("2026-12-31");
  });
  it("comes by itself for an auditor, after 90 days", () => {
    expect(auditorLastDay(now)).toBe("2027-02-20");
    expect(membershipEnd("AUDITOR", undefined, now)?.toISOString()).toBe("2027-02-20T15:00:00.000Z");
    expect(membershipEnd("MARKETER", undefined, now)).toBeNull();
  });
  it("is refused in the past and beyond two years", () => {
    expect(membershipEnd("AUDITOR", "2026-11-22", now)?.toISOString()).toBe("2026-11-22T15:00:00.000Z");
    expect(() => membershipEnd("AUDITOR", "2026-11-21", now)).toThrow(Refused);
    expect(() => membershipEnd("AUDITOR", "2029-01-01", now)).toThrow(Refused);
  });
  it("is derived", () => {
    expect(membershipStatus({ disabledAt: null, expiresAt: null }, now)).toBe("active");
    expect(membershipStatus({ disabledAt: null, expiresAt: now }, now)).toBe("expired");
    expect(membershipStatus({ disabledAt: now, expiresAt: null }, now)).toBe("disabled");
  });
});

it("knows what a link is worth", () => {
  const open = { usedAt: null, withdrawnAt: null, expiresAt: new Date("2026-11-22T03:00:01Z") };
  expect(ticketStatus(open, now)).toBe("open");
  expect(ticketStatus({ ...open, expiresAt: now }, now)).toBe("expired");
  expect(ticketStatus({ ...open, usedAt: now }, now)).toBe("used");
  expect(ticketStatus({ ...open, withdrawnAt: now }, now)).toBe("withdrawn");
});

it("leaves an administrator, and nobody changes the own rights", () => {
  expect(() => assertAdministratorLeft(0)).toThrow("people.refused.lastAdministrator");
  expect(() => assertAdministratorLeft(1)).not.toThrow();
  expect(() => assertNotOwn("a", "a")).toThrow("people.refused.own");
  expect(() => assertNotOwn(null, "a")).not.toThrow();
});

describe("addresses", () => {
  it.each([
    [" Seoyeon.Kim@Hangyeol.Example ", "seoyeon.kim@hangyeol.example"],
    ["ａ＠b.kr", "a@b.kr"],
  ])("reads %j", (typed, email) => expect(emailSchema.parse(typed)).toBe(email));
  it.each([
    "a@b＠c.kr",
    "a@b.kr,c@d.kr",
    "a@b.kr\nBcc: c@d.kr",
    "<a@b.kr>",
    "a b@c.kr",
    '"a"@c.kr',
    "a@b",
    "a@-b.kr",
    "김@c.kr",
    "a..b@c.kr",
    `${"a".repeat(250)}@c.kr`,
  ])("refuses %j", (typed) => expect(emailSchema.safeParse(typed).success).toBe(false));
});

describe("new passwords", () => {
  it.each([
    [7, false],
    [8, true],
    [64, true],
    [200, true],
    [201, false],
  ])("of %i characters", (length, good) => {
    for (const letter of ["a", "한", " ", "🙂"]) {
      expect(newPasswordSchema.safeParse(letter.repeat(length)).success).toBe(good);
    }
  });
  it("stay exactly as typed", () => {
    expect(newPasswordSchema.parse("  NFD 한글  ")).toBe("  NFD 한글  ");
  });
});

it("says which browser without its own words", () => {
  const chrome =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0 Safari/537.36";
  expect(browserName(chrome)).toBe("Chrome · Windows");
  expect(browserName("curl/8\n")).toBe("");
});

it("has words for every right of a role", () => {
  const rights = rightGroups().flatMap((group) => group.rights);
  expect(rights.length).toBeGreaterThan(20);
  expect(rights.filter((right) => !Object.hasOwn(ko.rights, rightKey(right)))).toEqual([]);
});
