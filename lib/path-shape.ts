/** A path without what it may give away: tokens and anything typed. Words and UUIDs stay. */
export function pathShape(path: string): string {
  const segments = path.split("/").slice(0, 8);
  return segments
    .map((segment) =>
      /^([a-z][a-z.-]{0,30}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|v1|)$/.test(segment) ? segment : "*",
    )
    .join("/");
}
