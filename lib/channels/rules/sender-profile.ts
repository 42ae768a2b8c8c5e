// A dealer's answer about a sender profile (발신프로필 조회), pasted or uploaded: shapes as documented by Lunasoft (center-api.md 2.5),
// HappyTalk (developer-center, 발신프로필 조회 v1 and v3) and Infobank Bizgo (center/kakao/sender); field-facts 1.5 and 3.
import { asFields, type Fields, readJson, type Value } from "@/lib/dealers/rules/read-json";
import { Refused } from "@/lib/errors";

/** Bytes of UTF-8 that a pasted answer may have. */
export const mostProfileBytes = 65_536;

export type ProfileFormat = "lunasoft" | "happytalk" | "infobank";

/** The only facts that are kept; whatever else an answer holds (phone numbers among it) is dropped. */
export const factNames = [
  "status",
  "profileStatus",
  "businessProfile",
  "businessType",
  "bizchat",
  "block",
  "dormant",
  "categoryCode",
  "committalCompanyName",
  "name",
  "uuid",
  "senderKey",
  "createdAt",
  "modifiedAt",
] as const;
export type FactName = (typeof factNames)[number];
export type ProfileFacts = Partial<Record<FactName, string | boolean>>;

const truths: readonly FactName[] = ["businessProfile", "bizchat", "block", "dormant"];

/** Spellings of the same fact, without case and underscores. */
const otherNames: Readonly<Record<string, FactName>> = {
  yellowid: "uuid",
  channelid: "uuid",
  channelname: "name",
  commitalcompanyname: "committalCompanyName",
  committalcompany: "committalCompanyName",
};
const spellings: Readonly<Record<string, FactName>> = {
  ...Object.fromEntries(factNames.map((name) => [name.toLowerCase(), name])),
  ...otherNames,
};

export type ReadProfile = { format: ProfileFormat; facts: ProfileFacts };

/**
 * Finds this channel's sender profile in a dealer's answer, bare, wrapped or in a list.
 * @throws Refused beside `profile` when the text is no such answer, an error answer, or about another channel
 */
export function readSenderProfile(text: string, channel: { searchId: string; senderKey: string | null }): ReadProfile {
  const json = readJson(text.trim());
  if (!json.ok) throw new Refused("channels.refused.profileJson", "profile");
  const found = profilesIn(json.value);
  if (found.length === 0) {
    const code = codeOf(json.value);
    if (code !== null) throw new Refused("channels.refused.profileCode", "profile", { code });
    throw new Refused("channels.refused.profileShape", "profile");
  }
  const profiles = found.map((fields) => ({ fields, facts: factsOf(fields) }));
  const own = profiles.find(({ facts }) => belongs(facts, channel) === "own");
  if (own) return { format: formatOf(asFields(json.value), own.fields), facts: own.facts };
  if (found.length > 1) throw new Refused("channels.refused.profileNotListed", "profile", { count: found.length });
  const facts = profiles[0]?.facts ?? {};
  if (belongs(facts, channel) === "nobody") throw new Refused("channels.refused.profileNameless", "profile");
  throw new Refused("channels.refused.profileOther", "profile", {
    found: String(facts.uuid ?? facts.senderKey ?? ""),
    searchId: channel.searchId,
  });
}

/** A sender key decides before a search id; Infobank's centre answers an internal UUID for the latter, which says nothing. */
function belongs(facts: ProfileFacts, channel: { searchId: string; senderKey: string | null }) {
  const key = typeof facts.senderKey === "string" ? facts.senderKey.toLowerCase() : null;
  const id = typeof facts.uuid === "string" && facts.uuid.startsWith("@") ? facts.uuid.slice(1) : null;
  const keySays = key === null || channel.senderKey === null ? null : key === channel.senderKey.toLowerCase();
  const idSays = id === null ? null : id === channel.searchId.normalize("NFC");
  if (keySays === false || idSays === false) return "other";
  return keySays === null && idSays === null ? "nobody" : "own";
}

/** Objects that name a sender profile, wherever dealers wrap them. A profile's own parts are not looked through. */
function profilesIn(value: Value): Fields[] {
  if (Array.isArray(value)) return value.flatMap(profilesIn);
  const fields = asFields(value);
  if (!fields) return [];
  const names = new Set(Object.keys(fields).map(factOf));
  const says = ["profileStatus", "status", "bizchat", "businessProfile", "block", "dormant"] as const;
  if ((names.has("senderKey") || names.has("uuid")) && says.some((name) => names.has(name))) return [fields];
  return Object.values(fields).flatMap(profilesIn);
}

const factOf = (name: string): FactName | null => spellings[name.toLowerCase().replaceAll("_", "")] ?? null;

function factsOf(fields: Fields): ProfileFacts {
  const facts: ProfileFacts = {};
  for (const [spelling, value] of Object.entries(fields)) {
    const name = factOf(spelling);
    if (name === null || facts[name] !== undefined) continue;
    const read = truths.includes(name) ? truthOf(value) : wordOf(value);
    if (read !== null) facts[name] = read;
  }
  return facts;
}

/** Dealers write truths as such, as "Y" and "N", or as 1 and 0. */
function truthOf(value: Value): boolean | null {
  const word = String(value).toLowerCase();
  if (["true", "y", "1"].includes(word)) return true;
  return ["false", "n", "0"].includes(word) ? false : null;
}

function wordOf(value: Value): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const word = String(value)
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, "")
    .trim();
  return word === "" ? null : word.slice(0, 100);
}

/** By what only one of them writes; the two with {code, data} differ in how they spell the consignor's field. */
function formatOf(root: Fields | null, profile: Fields): ProfileFormat {
  const names = new Set(Object.keys(profile));
  if (root?.common !== undefined || names.has("channelId") || names.has("committalCompany")) return "infobank";
  if (names.has("commitalCompanyName") || names.has("alimtalk")) return "lunasoft";
  const happytalk = ["committalCompanyName", "brandMessage", "sender_key", "company_name"];
  return happytalk.some((name) => names.has(name)) ? "happytalk" : "lunasoft";
}

/** The code of an answer that holds no profile: 516, 4060, A502 … */
function codeOf(value: Value): string | null {
  const root = asFields(value);
  const places = [asFields(root?.data)?.code, root?.code, asFields(root?.common)?.authCode];
  const code = places.find((one) => typeof one === "string" || typeof one === "number");
  return code === undefined || !/^[\w-]{1,12}$/.test(String(code)) ? null : String(code);
}
