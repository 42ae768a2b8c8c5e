/** What a consultation is about, as far as the law asks (전자상거래법 시행령 제6조 제1항). Nobody has said: general. */
export const categories = ["general", "dispute", "contract", "payment", "advertising", "other"] as const;
export type Category = (typeof categories)[number];

export const anchors = ["last-message", "session-end", "case-closed", "transaction-ended", "received"] as const;
/** From which day a period counts. `received`, the day on which a file arrived, is for files alone. */
export type Anchor = (typeof anchors)[number];

export const policyScopes = ["text", "file"] as const;
/** `text`: the session with all that is in it. `file`: its files, which may end earlier. */
export type PolicyScope = (typeof policyScopes)[number];
