// Addresses and codes that buttons, cards and pictures carry (field-facts 1.5).
import { Refused } from "@/lib/errors";
import { readPageUrl } from "@/lib/placements/rules/page-url";
import { placementCodeSchema } from "@/lib/placements/schema";
import type { TemplateButton, TemplateLink } from "../schema/content";
import { sentText, textLength } from "./counting";
import { fillTemplate } from "./fill";
import { type Findings, ours } from "./judge-report";
import { addressAdvice, type ButtonField, buttonFields, buttonName, eventLimit, type Source } from "./limits";
import type { JudgeWith } from "./report";

const told: Source = { source: "dealer", section: "field-facts 1.5" };
const faults: Readonly<Record<string, string>> = {
  "placements.page.personal": "address.personal",
  "placements.page.password": "address.password",
  "placements.page.lookalike": "address.lookalike",
};

/** A web address: https rather than http, of one person's data nothing. Variables count with their sample values. */
export function judgeAddress(path: string, typed: string, found: Findings): void {
  if (typed.trim() === "") return;
  const address = fillTemplate(sentText(typed), found.variables, "sample").trim();
  const longest = textLength(fillTemplate(typed, found.variables, "longest", "long"));
  if (longest > addressAdvice.most)
    found.error(path, "tooLong", addressAdvice, { count: longest, limit: addressAdvice.most });
  else if (longest > addressAdvice.max)
    found.warning(path, "address.long", addressAdvice, { count: longest, limit: addressAdvice.max });
  if (/^#\{/.test(address)) return;
  try {
    readPageUrl(address.replaceAll(/#\{[^}]*\}/g, "x"));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const rule = faults[error.key] ?? "address.shape";
    found.error(path, rule, rule === "address.personal" ? ours : told);
    return;
  }
  if (!/^https:/i.test(address)) found.warning(path, "address.http", ours);
}

/** An address of an app: its own scheme, never one that runs a program in a page. */
function judgeScheme(path: string, typed: string, found: Findings): void {
  const scheme = /^([a-z][a-z0-9+.-]*):\S+$/i.exec(typed.trim())?.[1]?.toLowerCase();
  if (typed.trim() === "") return;
  const longest = textLength(fillTemplate(typed, found.variables, "longest", "long"));
  if (longest > addressAdvice.most)
    found.error(path, "tooLong", addressAdvice, { count: longest, limit: addressAdvice.most });
  if (!scheme || ["javascript", "data", "vbscript", "file", "blob"].includes(scheme))
    found.error(path, "scheme.shape", told);
}

/** Where a card or the end of a carousel leads. */
export function judgeLink(path: string, link: TemplateLink, required: boolean, found: Findings): void {
  if (required && link.urlMobile.trim() === "") found.error(`${path}.urlMobile`, "address.required", told);
  judgeAddress(`${path}.urlMobile`, link.urlMobile, found);
  judgeAddress(`${path}.urlPc`, link.urlPc, found);
  judgeScheme(`${path}.schemeAndroid`, link.schemeAndroid, found);
  judgeScheme(`${path}.schemeIos`, link.schemeIos, found);
}

/** Buttons that stand together. @param layout how they stand decides how long a name may be */
export function judgeButtons(
  path: string,
  buttons: readonly TemplateButton[],
  { layout, max, withCoupon }: { layout: "vertical" | "horizontal"; max: number; withCoupon?: number | undefined },
  source: Source,
  found: Findings,
  given: JudgeWith & { coupon: boolean },
): void {
  if (buttons.length > max) found.error(path, "buttons.many", source, { count: buttons.length, limit: max });
  else if (given.coupon && withCoupon !== undefined && buttons.length > withCoupon)
    found.error(path, "buttons.coupon", buttonName, { count: buttons.length, limit: withCoupon });
  for (const [at, button] of buttons.entries()) judgeButton(`${path}.${at}`, button, layout, found, given);
}

function judgeButton(
  path: string,
  button: TemplateButton,
  layout: "vertical" | "horizontal",
  found: Findings,
  given: JudgeWith,
): void {
  const { source, section } = buttonName;
  found.text(`${path}.name`, button.name, { source, section, max: buttonName[layout], advice: true, required: true });
  const filled = (field: ButtonField) => button[field].trim() !== "";
  const uses = buttonFields[button.type];
  for (const field of ["urlMobile", "urlPc", "schemeAndroid", "schemeIos", "extra", "event"] as const)
    if (filled(field) && !uses.includes(field)) found.error(`${path}.${field}`, "button.notUsed", told);
  if (button.outside && button.type !== "WL") found.error(`${path}.outside`, "button.notUsed", told);
  if (button.type === "WL" && !filled("urlMobile")) found.error(`${path}.urlMobile`, "address.required", told);
  if (button.type === "AL") {
    const ways = (["schemeAndroid", "schemeIos", "urlMobile"] as const).filter(filled);
    if (ways.length < 2) found.error(path, "button.twoWays", told);
  }
  if (uses.includes("urlMobile")) judgeLink(path, button, false, found);
  if (uses.includes("extra")) judgeExtra(`${path}.extra`, button.extra.trim(), found, given);
  if (button.type === "BT") {
    found.warning(path, "button.endsSession", told);
    const length = textLength(fillTemplate(button.event, found.variables, "longest", "long"));
    if (length > eventLimit.max)
      found.error(`${path}.event`, "tooLong", eventLimit, { count: length, limit: eventLimit.max });
  }
}

/** A code that comes back with the press: the strictest of the documented shapes (field-facts 1.4), and one that the code book knows. */
function judgeExtra(path: string, code: string, found: Findings, { codes }: JudgeWith): void {
  if (code === "") return;
  if (!placementCodeSchema.safeParse(code).success) found.error(path, "extra.shape", told);
  else if (codes && !codes.has(code)) found.warning(path, "extra.unknown", ours, { code });
}
