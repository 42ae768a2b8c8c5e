/** The user_key of a rehearsal's user: of Kakao's shape (at most 20 letters), one for each, nobody's (field-facts 1.1). */
export function rehearsedUser(rehearsalId: string): string {
  return `RH${rehearsalId.replaceAll("-", "").slice(0, 18)}`;
}
