// What a visitor can tap in a company's customer-service line: its first https address, else its first telephone number. Pure.

const address = /https:\/\/[^\s"'<>()]+/;
/** +82-2-123-4567, 02-123-4567, 010 1234 5678, 1588-0000, 080-000-0000. */
const telephone = /(?<![\d+-])(?:\+\d{1,3}[-\s]?)?(?:\(?0?\d{1,3}\)?[-\s])?\d{3,4}[-\s]\d{4}(?![\d-])/;

/** @returns where the tap leads, and which part of the line it is; null where nothing can be tapped */
export function contactLink(contact: string): { href: string; text: string } | null {
  const web = address.exec(contact)?.[0].replace(/[.,]+$/, "");
  if (web) return { href: web, text: web };
  const whole = /^[+\d][\d\s()-]{3,24}$/.test(contact) ? contact : telephone.exec(contact)?.[0];
  return whole ? { href: `tel:${whole.replace(/[^+\d]/g, "")}`, text: whole.trim() } : null;
}
