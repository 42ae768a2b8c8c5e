// What a company puts on its pages, in four ways, and what each needs there. Pure: what is offered follows what is documented.
import type { KitOptions, KitWay } from "../schema/button-kit";

/** The label of the guide (1-3), and our own rendering of it where a page is English: nobody has documented one (field-facts 2.3). */
export const consultLabels = { ko: "카카오톡 상담하기", en: "Consult on KakaoTalk" } as const;

/** Container and letters as for Kakao Login, by analogy: `#FEE500`, black at 85 %, radius 12 px (field-facts 2.3). */
export const documentedLook = { container: "#FEE500", label: "rgba(0, 0, 0, 0.85)", radius: 12 } as const;

/** Heights in CSS pixels; our own measures, the smaller one a full touch target. */
export const kitHeights = { small: 44, large: 56 } as const;
const symbolHeights = { small: 20, large: 24 } as const;

export type KitSymbol = { sha256: string; width: number; height: number };

/** The public address of an uploaded artwork. @param origin DAMSO_URL @param sha256 hex */
export function symbolAddress(origin: string, sha256: string): string {
  return `${origin}/embed/symbol/${sha256}.png`;
}

/** How wide and high a symbol stands in a button: its own shape, never stretched. In CSS pixels. */
export function symbolBox(symbol: KitSymbol, size: KitOptions["size"]): { width: number; height: number } {
  const height = symbolHeights[size];
  return { width: Math.round((symbol.width / symbol.height) * height * 100) / 100, height };
}

/** What a page embeds; choices that are the usual ones are not written. */
export function embedSnippet(origin: string, code: string, { size, shape, label }: KitOptions): string {
  const chosen = [
    size === "small" ? "" : ` data-size="${size}"`,
    shape === "button" ? "" : ` data-shape="${shape}"`,
    label === "ko" ? "" : ` data-label="${label}"`,
  ].join("");
  return `<script async src="${escaped(origin)}/embed.js" data-placement="${code}"${chosen}></script>`;
}

/** A link that works without a script. */
export function linkSnippet(address: string, { label }: Pick<KitOptions, "label">): string {
  return `<a href="${escaped(address)}" target="_blank" rel="noopener"${langOf(label)}>${consultLabels[label]}</a>`;
}

/** The same with the look of a button; its style sheet is `kitStyles`. `symbol` is Kakao's own file, unchanged. */
export function htmlSnippet(
  { origin, address }: { origin: string; address: string },
  { size, shape, label }: KitOptions,
  symbol: KitSymbol | null,
): string {
  const classes = ["consult-button", size === "large" ? "large" : "", shape === "wide" ? "wide" : ""].filter(Boolean);
  const box = symbol && symbolBox(symbol, size);
  const image =
    symbol && box
      ? `<img src="${escaped(symbolAddress(origin, symbol.sha256))}" alt="" width="${Math.round(box.width)}" height="${box.height}">`
      : "";
  return `<a class="${classes.join(" ")}" href="${escaped(address)}" target="_blank" rel="noopener"${langOf(label)}>${image}${consultLabels[label]}</a>`;
}

/** The page's own style sheet for `htmlSnippet`: no style attribute, so that a strict policy allows it. */
export const kitStyles = `.consult-button {
  display: inline-flex; align-items: center; justify-content: center; gap: 8px; box-sizing: border-box;
  min-width: 44px; min-height: ${kitHeights.small}px; padding: 6px 18px; border-radius: ${documentedLook.radius}px;
  background: ${documentedLook.container}; color: ${documentedLook.label};
  font: 600 15px/1.4 system-ui, sans-serif; text-align: center; text-decoration: none;
}
.consult-button.large { min-height: ${kitHeights.large}px; padding: 8px 24px; font-size: 17px; }
.consult-button.wide { display: flex; }
.consult-button:focus-visible {
  outline: 2px solid transparent; outline-offset: 6px;
  box-shadow: 0 0 0 2px #fff, 0 0 0 4px #000, 0 0 0 6px #fff;
}`;

/** The company's own button artwork as a link; what it says is its alternative text. */
export function imageSnippet(
  { origin, address }: { origin: string; address: string },
  { label }: Pick<KitOptions, "label">,
  artwork: KitSymbol,
): string {
  const source = symbolAddress(origin, artwork.sha256);
  return `<a href="${escaped(address)}" target="_blank" rel="noopener"><img src="${escaped(source)}" alt="${consultLabels[label]}"${langOf(label)} width="${artwork.width}" height="${artwork.height}"></a>`;
}

/** What a strict Content-Security-Policy must allow for a way; empty: nothing. */
export function neededPolicy(way: KitWay, origin: string, artwork: boolean): string[] {
  if (way === "script")
    return [`script-src ${origin}`, `connect-src ${origin}`, ...(artwork ? [`img-src ${origin}`] : [])];
  if (way === "image" || (way === "html" && artwork)) return [`img-src ${origin}`];
  return [];
}

function langOf(label: KitOptions["label"]): string {
  return label === "en" ? ' lang="en"' : "";
}

/** For a double-quoted attribute. */
function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
}
