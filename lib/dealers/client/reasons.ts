// What a dealer's code means, in one set of reasons for all dealers (field-facts 1.7).
export const dealerReasons = [
  "credentials",
  "forbidden",
  "profile",
  "inactive",
  "noContract",
  "otherPartner",
  "noSession",
  "blocked",
  "userKey",
  "duplicate",
  "image",
  "tooLong",
  "invalid",
  "notNow",
  "noData",
  "rateLimited",
  "failed",
  "unreachable",
  "unanswered",
  "unsupported",
  "unknown",
] as const;
export type DealerReason = (typeof dealerReasons)[number];

/** HT-v1 `api_code_dict.md` [D]: sending and sessions, then the biz-message centre. */
export const happytalkCodes: Readonly<Record<string, DealerReason>> = {
  "-400": "forbidden",
  "-500": "credentials",
  "-501": "profile",
  "-502": "noSession",
  "-503": "userKey",
  "-504": "duplicate",
  "-505": "image",
  "-506": "tooLong",
  "-507": "forbidden",
  "-508": "inactive",
  "-509": "invalid",
  "-510": "invalid",
  "-511": "blocked",
  "-512": "noContract",
  "-600": "failed",
  "-601": "failed",
  "403": "forbidden",
  "405": "invalid",
  "507": "profile",
  "508": "noData",
  "509": "notNow",
  "510": "invalid",
  "514": "forbidden",
  "515": "profile",
  "516": "noContract",
  "517": "profile",
  "520": "invalid",
  "811": "forbidden",
  "4060": "otherPartner",
};

/** BIZGO [D]. Only these are documented: what Kakao itself refuses comes as A213 with a text, and later by the result webhook. */
export const infobankCodes: Readonly<Record<string, DealerReason>> = {
  A020: "rateLimited",
  A213: "failed",
  A401: "credentials",
  A502: "profile",
  A507: "userKey",
  A822: "notNow",
};

/** HTTP statuses where no code came. */
export function reasonOfStatus(status: number): DealerReason {
  if (status === 401) return "credentials";
  if (status === 403) return "forbidden";
  if (status === 404) return "unsupported";
  if (status === 429) return "rateLimited";
  return status >= 500 ? "failed" : "unknown";
}
