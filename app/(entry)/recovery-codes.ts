import { seal, unseal } from "@/lib/seal";

const purpose = "recovery-codes-shown";

/** Carries new recovery codes over the redirect to the page that shows them: sealed, ten minutes, that page alone. */
export function recoveryCodesCookie(codes: readonly string[], origin: string) {
  return {
    name: "damso-codes",
    value: Buffer.from(seal(purpose, JSON.stringify(codes))).toString("base64url"),
    options: {
      path: "/account/codes",
      httpOnly: true,
      sameSite: "strict",
      secure: origin.startsWith("https://"),
      maxAge: 600,
    },
  } as const;
}

/** The codes of that cookie, or none when it is gone or not ours. */
export function shownRecoveryCodes(value: string | undefined): string[] {
  if (!value) return [];
  try {
    const codes: unknown = JSON.parse(unseal(purpose, Buffer.from(value, "base64url")));
    return Array.isArray(codes) ? codes.filter((code) => typeof code === "string") : [];
  } catch {
    // Not sealed by us: the same as no cookie.
    return [];
  }
}
