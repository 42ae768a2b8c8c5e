/** A share as people read it: 0.234 is 23.4%. Null stays null. */
export function share(value: number | null, locale: string): string | null {
  return value === null ? null : value.toLocaleString(locale, { style: "percent", maximumFractionDigits: 1 });
}
