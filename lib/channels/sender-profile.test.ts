import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { companyCore, sameCompany } from "./rules/company-name";
import { profileAnswers, shownFacts } from "./rules/profile-answers";
import { countingAnswers, keptAnswers, readAnswers } from "./rules/profile-check";
import { type ProfileFacts, readSenderProfile } from "./rules/sender-profile";

const senderKey = "5c6172587eec682c3d25c27912554135be2e10ac";
const channel = { searchId: "한결비투비", senderKey };
const profile = {
  ...{ senderKey, uuid: "@한결비투비", name: "한결생활 B2B", status: "A", block: false, dormant: false },
  ...{
    profileStatus: "A",
    createdAt: "2026-11-02 12:01:32",
    modifiedAt: "",
    categoryCode: "00100020001",
    bizchat: true,
  },
  ...{ brandtalk: false, businessProfile: true, businessType: "BUSINESS" },
};
const lunasoft = { code: "200", data: { ...profile, alimtalk: true, commitalCompanyName: "(주)한결생활" } };
const happytalk = {
  code: "200",
  data: { ...profile, committalCompanyName: "(주)한결생활", unsubscribePhoneNumber: "080" },
};
const infobank = {
  common: { authCode: "A000", authResult: "Success" },
  data: {
    ...{ code: "A000", result: "Success" },
    data: { kakao: { senderProfile: { ...profile, uuid: "0b1f7c9a-uuid", committalCompanyName: "(주)한결생활" } } },
  },
};
const read = (json: unknown, of = channel) => readSenderProfile(JSON.stringify(json), of);
const refusal = (text: string, of: { searchId: string; senderKey: string | null } = channel) => {
  try {
    return readSenderProfile(text, of).format;
  } catch (error) {
    return error;
  }
};

describe("readSenderProfile", () => {
  it.each([
    ["lunasoft", lunasoft],
    ["happytalk", happytalk],
    ["infobank", infobank],
  ])("reads what %s answers", (format, json) => {
    const found = read(json);
    expect(found).toMatchObject({
      format,
      facts: { businessProfile: true, profileStatus: "A", bizchat: true, committalCompanyName: "(주)한결생활" },
    });
    expect(Object.keys(found.facts)).not.toContain("unsubscribePhoneNumber");
    expect(Object.keys(found.facts)).not.toContain("modifiedAt");
  });
  it("reads snake_case, Y and N, numbers, a bare profile and a byte order mark", () => {
    const bare = {
      sender_key: senderKey,
      yellow_id: "@한결비투비",
      profile_status: "A",
      biz_chat: 1,
      block: "N",
      dormant: "Y",
    };
    expect(readSenderProfile(`\ufeff${JSON.stringify(bare)}`, channel).facts).toEqual({
      ...{ senderKey, uuid: "@한결비투비", profileStatus: "A", bizchat: true, block: false, dormant: true },
    });
  });
  it("finds this channel in a list, and refuses a list without it", () => {
    const other = { ...profile, senderKey: "ab".repeat(20), uuid: "@다른채널" };
    const list = { common: { authCode: "A000" }, data: { list: [other, { ...profile, channelId: "@한결비투비" }] } };
    expect(read(list)).toMatchObject({ format: "infobank", facts: { senderKey } });
    expect(refusal(JSON.stringify({ code: "200", data: [other, other] }))).toMatchObject({
      ...{ key: "channels.refused.profileNotListed", field: "profile", values: { count: 2 } },
    });
  });
  it.each([
    [{ ...profile, senderKey: "ab".repeat(20) }, "channels.refused.profileOther"],
    [{ ...profile, uuid: "@한결멤버십" }, "channels.refused.profileOther"],
    [{ ...profile, senderKey: null, uuid: "not-an-id" }, "channels.refused.profileNameless"],
    [{ code: "516", message: "no contract" }, "channels.refused.profileCode"],
    [{ common: { authCode: "A401" }, data: { code: "A502" } }, "channels.refused.profileCode"],
    [{ data: {} }, "channels.refused.profileShape"],
    [[], "channels.refused.profileShape"],
    ["text", "channels.refused.profileShape"],
  ])("refuses %o", (json, key) => {
    expect(refusal(JSON.stringify(json))).toMatchObject({ key, field: "profile" });
  });
  it("takes the search id where the channel has no sender key yet", () => {
    expect(refusal(JSON.stringify(happytalk), { searchId: "한결비투비", senderKey: null })).toBe("happytalk");
    expect(refusal(JSON.stringify(infobank), { searchId: "한결비투비", senderKey: null })).toMatchObject({
      key: "channels.refused.profileNameless",
    });
  });
  it.each(["", "{", "not json", `${"[".repeat(40)}${"]".repeat(40)}`, '{"a":1,"a":2}', '{"__proto__":1e999}'])(
    "refuses %s",
    (text) => expect(refusal(text)).toMatchObject({ key: "channels.refused.profileJson" }),
  );
  it("keeps nothing that could turn or hide what is read", () => {
    const name = `한\u202e결\u0000${"가".repeat(300)}`;
    expect(String(read({ ...profile, name }).facts.name)).toBe(`한결${"가".repeat(98)}`);
  });
});

const subject = { consignor: "주식회사 한결생활", categoryCode: "00100020001", wentLive: false };
const { facts } = read(happytalk);
const answers = (more: ProfileFacts, of: Partial<typeof subject> = {}) =>
  Object.fromEntries(
    profileAnswers({ ...facts, ...more }, { ...subject, ...of }).map(({ item, answer }) => [item, answer]),
  );

describe("profileAnswers", () => {
  it("ticks what the profile shows", () => {
    expect(answers({})).toEqual({ opened: "yes", business: "yes", category: "yes", dealer: "yes", contract: "yes" });
    expect(profileAnswers(facts, subject).map(({ value }) => value)).toEqual([
      ...[
        "profileStatus = A",
        "businessProfile = true",
        "categoryCode = 00100020001",
        "(주)한결생활",
        "bizchat = true",
      ],
    ]);
  });
  it.each<[ProfileFacts, Record<string, string>]>([
    [{ block: true }, { opened: "no", business: "yes" }],
    [{ dormant: true }, { opened: "no" }],
    [{ profileStatus: "D" }, { opened: "no" }],
    [{ status: "S" }, { opened: "no" }],
    [{ businessProfile: false }, { opened: "yes", business: "no" }],
    [{ categoryCode: "00100020002" }, { category: "no" }],
    [{ committalCompanyName: "한결물산" }, { dealer: "no" }],
  ])("contradicts with %o", (more, expected) => expect(answers(more)).toMatchObject(expected));
  it("cannot tell what is absent", () => {
    expect(profileAnswers({ senderKey }, subject).map(({ answer, value }) => `${answer}${value}`)).toEqual(
      Array(5).fill("unknown"),
    );
    expect(profileAnswers({ block: true }, subject)[0]).toMatchObject({ answer: "no", value: "block = true" });
    expect(answers({}, { consignor: "" })).toMatchObject({ dealer: "unknown" });
  });
  it("holds an unused 상담톡 against a live channel alone", () => {
    expect(answers({ bizchat: false })).toMatchObject({ contract: "unknown" });
    expect(answers({ bizchat: false }, { wentLive: true })).toMatchObject({ contract: "no" });
  });
  it("shows each fact with its verdict, in one order", () => {
    expect(shownFacts({ ...facts, dormant: true }, subject).slice(0, 7)).toEqual([
      { name: "status", value: "A", verdict: "yes" },
      { name: "profileStatus", value: "A", verdict: "yes" },
      { name: "businessProfile", value: "true", verdict: "yes" },
      { name: "businessType", value: "BUSINESS", verdict: null },
      { name: "bizchat", value: "true", verdict: "yes" },
      { name: "block", value: "false", verdict: "yes" },
      { name: "dormant", value: "true", verdict: "no" },
    ]);
  });
});

describe("company names", () => {
  it.each([
    "(주)한결생활",
    "㈜한결생활",
    "주식회사 한결생활",
    "한결생활 주식회사",
    "한결 생활(주)",
    "한결생활".normalize("NFD"),
  ])("%s is 주식회사 한결생활", (name) => expect(sameCompany(name, "주식회사 한결생활")).toBe(true));
  it("tells others apart", () => {
    expect(sameCompany("한결생활건강", "한결생활")).toBe(false);
    expect(sameCompany("", "(주)")).toBe(false);
    expect(companyCore("Hangyeol Life Co., Ltd.")).toBe("hangyeollife");
  });
});

describe("keptAnswers", () => {
  const day = 86_400_000;
  const check = (days: number) => ({ id: randomUUID(), at: new Date(Date.UTC(2026, 10, 1) + days * day) });
  const one = (answer: "yes" | "no" | "unknown") => [{ item: "business", answer, value: answer }] as const;
  it("remembers since when yes has been no, through unknowns, until the next yes", () => {
    let kept = keptAnswers(one("no"), [], check(1));
    expect(kept[0]).toMatchObject({ known: { answer: "no" }, turnedAt: null });
    const good = check(2);
    kept = keptAnswers(one("yes"), kept, good);
    kept = keptAnswers(one("unknown"), kept, check(3));
    expect(kept[0]).toMatchObject({ answer: "unknown", known: { answer: "yes", checkId: good.id }, turnedAt: null });
    const bad = check(4);
    kept = keptAnswers(one("no"), kept, bad);
    expect(kept[0]).toMatchObject({ known: { answer: "no" }, turnedAt: bad.at.toISOString() });
    kept = keptAnswers(one("unknown"), kept, check(5));
    kept = keptAnswers(one("no"), kept, check(6));
    expect(kept[0]).toMatchObject({ turnedAt: bad.at.toISOString() });
    expect(keptAnswers(one("yes"), kept, check(7))[0]).toMatchObject({ known: { answer: "yes" }, turnedAt: null });
  });
  it("lets a known answer count for thirty days while later checks cannot tell", () => {
    const good = check(0);
    const yes = keptAnswers(one("yes"), [], good);
    const later = (days: number) => {
      const { id, at } = check(days);
      return countingAnswers({
        id,
        at,
        kind: "sender-profile",
        answers: keptAnswers(one("unknown"), yes, { id, at }),
      })[0];
    };
    expect(later(30)).toEqual({
      ...{ item: "business", answer: "yes", value: "yes", kind: "sender-profile", at: good.at, checkId: good.id },
    });
    expect(later(31)).toMatchObject({ answer: "unknown", value: "unknown" });
    const never = keptAnswers(one("unknown"), [], check(1));
    expect(countingAnswers({ ...check(1), kind: "sender-profile", answers: never })[0]).toMatchObject({
      answer: "unknown",
    });
  });
  it("reads back what is its own alone", () => {
    const kept = keptAnswers(one("no"), [], check(1));
    expect(readAnswers([...kept, null, "x", { item: "business", answer: "maybe", value: "" }])).toEqual(kept);
    expect(readAnswers("nothing")).toEqual([]);
  });
});
