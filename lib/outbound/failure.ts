/** Why nothing could be read: the address is none of ours to call, or the site would not answer within the bounds. */
export const outboundFailures = [
  "address",
  "refused-address",
  "timeout",
  "too-large",
  "too-many-redirects",
  "unreachable",
  "not-text",
] as const;
export type OutboundFailure = (typeof outboundFailures)[number];
