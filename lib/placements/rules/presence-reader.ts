// Reads a page in one pass for our button and for other ways into a Kakao chat. Pure.
// Certain: what a browser shows or presses. Inside `hidden`, `display:none`, <template>, <noscript>, a script's text or a data attribute it may or
// may not be shown: cannot tell. An HTML comment is never shown: not there, and said so.
import { Parser } from "htmlparser2";
import type { OldLink, PresenceReason, Sought } from "../schema/presence";
import { addressesIn, oldLinkOf, ownAddress, readAddress, sdkCall } from "./presence-address";
import { doubtOf, isWallScript, type PageDoubt, type PageTally } from "./presence-doubt";

/** Our button as it was found. `certain`: people see it; else it stands where a browser may or may not show it. */
export type OwnFinding = { certain: boolean; reason: PresenceReason; snippet: string };
export type ReaderOutcome = {
  own: OwnFinding | null;
  /** Our code inside an HTML comment: browsers never show it. */
  commented: string | null;
  doubt: PageDoubt | null;
  title: string;
  oldLinks: OldLink[];
};

const stepLength = 32_768;
/** No page for people lies deeper; the parser's time grows with the square of it. */
const deepest = 4_000;
const mostOldLinks = 10;
const scriptTypes = /^(|module|(text|application)\/(x-)?(java|ecma)script)$/i;
const hiddenStyle = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
const unseen = new Set(["script", "style", "noscript", "template", "head", "title", "textarea", "svg"]);

/** Where a browser may or may not show it: the first that holds is said. */
const doubtful = [
  "hidden",
  "template",
  "noscript",
  "in-script",
  "in-attribute",
  "wrapped",
  "misspelt",
  "in-text",
] as const;

/** One line without control characters, at most 300 (what presence_checks takes). */
export function tidySnippet(text: string, most = 300): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

type Attributes = { [name: string]: string };
type Place = "handler" | "script";

export class PresenceReader {
  private readonly parser: Parser;
  private readonly code: RegExp;
  private readonly own: URL;
  private at = 0;
  private base: URL | null;
  private readonly levels: { name: string; hidden: boolean }[] = [];
  /** How many of these are open; "" counts hidden ones, "unseen" those whose text nobody reads. */
  private readonly within = new Map<string, number>();
  private certain: OwnFinding | null = null;
  private readonly maybe = new Map<(typeof doubtful)[number], string>();
  private commented: string | null = null;
  private readonly old = new Map<string, OldLink>();
  private readonly tally: PageTally = {
    ...{ tags: 0, letters: 0, scripts: 0, frames: 0, passwords: 0, refresh: false, wall: false },
  };
  private title = "";
  private words = "";
  private script: string | null = null;
  private form: { action: URL; fields: Map<string, string>; snippet: string } | null = null;

  constructor(
    private readonly html: string,
    address: string,
    private readonly sought: Sought,
  ) {
    this.base = URL.canParse(address) ? new URL(address) : null;
    this.own = new URL(sought.origin);
    this.code = new RegExp(`(?<![A-Za-z0-9_])${sought.code}(?![A-Za-z0-9_])`);
    this.parser = new Parser({
      onopentag: (name, attributes) => this.open(name, attributes),
      onclosetag: (name) => this.close(name),
      ontext: (text) => this.text(text),
      oncomment: (text) => this.comment(text),
    });
  }

  /** Reads the next piece. @returns whether more is left */
  step(): boolean {
    if (this.tooDeep || this.at >= this.html.length) return false;
    this.parser.write(this.html.slice(this.at, this.at + stepLength));
    this.at += stepLength;
    return !this.tooDeep && this.at < this.html.length;
  }

  outcome(): ReaderOutcome {
    if (!this.tooDeep) this.parser.end();
    // Few pages write an address out: the others' words need not be gone through at once.
    const written = this.words.includes(this.sought.code) ? this.words : "";
    for (const { url, written: address } of addressesIn(written, this.worth)) {
      if (ownAddress(url, this.sought) === "link") this.note("in-text", address);
    }
    const place = doubtful.find((one) => this.maybe.has(one));
    const own =
      this.certain ?? (place ? { certain: false, reason: place, snippet: this.maybe.get(place) ?? "" } : null);
    const doubt = this.tooDeep ? "unreadable" : doubtOf(this.tally, `${this.title}\n${this.words}`);
    const title = tidySnippet(this.title, 100);
    return { own, commented: this.commented, doubt, title, oldLinks: [...this.old.values()] };
  }

  private get tooDeep(): boolean {
    return this.levels.length > deepest;
  }

  private open(name: string, attributes: Attributes): void {
    this.tally.tags += 1;
    const hidden = "hidden" in attributes || hiddenStyle.test(attributes.style ?? "");
    this.levels.push({ name, hidden });
    this.count(name, hidden, 1);
    const raw = this.html.slice(this.parser.startIndex, this.parser.endIndex + 1);
    this.element(name, attributes, raw);
    for (const [key, value] of Object.entries(attributes)) this.attribute(name, key, value, raw);
  }

  private close(name: string): void {
    if (name === "script" && this.script !== null) {
      this.inCode(this.script, "script", "");
      this.script = null;
    }
    if (name === "form" && this.form) this.closeForm(this.form);
    const level = this.levels.pop();
    if (level) this.count(level.name, level.hidden, -1);
  }

  private count(name: string, hidden: boolean, by: 1 | -1): void {
    const add = (key: string) => this.within.set(key, (this.within.get(key) ?? 0) + by);
    if (hidden) add("");
    if (!unseen.has(name)) return;
    add(name);
    add("unseen");
  }

  private inside(name: string): boolean {
    return (this.within.get(name) ?? 0) > 0;
  }

  /** What an element is for, beside the addresses on it. */
  private element(name: string, attributes: Attributes, raw: string): void {
    const asleep = this.inside("noscript") || this.inside("template");
    if (name === "base" && attributes.href) this.base = readAddress(attributes.href, this.base) ?? this.base;
    else if (/^(iframe|frame|object|embed)$/.test(name) && !asleep) this.tally.frames += 1;
    else if (name === "meta" && /^refresh$/i.test(attributes["http-equiv"] ?? ""))
      this.refresh(attributes, raw, asleep);
    else if (name === "form") {
      const action = readAddress(attributes.action ?? "", this.base);
      this.form = action ? { action, fields: new Map(), snippet: raw } : null;
    } else if (name === "input") {
      if (/^password$/i.test(attributes.type ?? "")) this.tally.passwords += 1;
      if (this.form && attributes.name) this.form.fields.set(attributes.name, attributes.value ?? "");
    }
    if (name === "script") this.startScript(attributes, raw);
    else if (attributes["data-placement"] === this.sought.code) this.note("in-attribute", raw);
  }

  private refresh(attributes: Attributes, raw: string, asleep: boolean): void {
    const to = /url\s*=\s*["']?([^"']+)/i.exec(attributes.content ?? "")?.[1];
    const url = to === undefined ? null : readAddress(to, this.base);
    if (!url) return;
    if (!asleep) this.tally.refresh = true;
    const own = ownAddress(url, this.sought);
    if (own === "link" || own === "direct") this.found("leads-here", raw);
    else this.oldLink(url, raw);
  }

  private startScript(attributes: Attributes, raw: string): void {
    const runs = scriptTypes.test(attributes.type?.split(";")[0]?.trim() ?? "");
    if (runs) this.tally.scripts += 1;
    this.script = "";
    const source = readAddress(attributes.src ?? "", this.base);
    if (source && isWallScript(source.href)) this.tally.wall = true;
    if (source?.host !== this.own.host || source.pathname !== "/embed.js") return;
    if (attributes["data-placement"]?.trim() !== this.sought.code) return;
    // A consent banner keeps scripts back by their type; and beside a tag in the head nothing is drawn.
    if (!runs) this.note("in-script", raw);
    else if (this.inside("head")) this.note("hidden", raw);
    else this.found("embed", raw);
  }

  private attribute(name: string, key: string, value: string, raw: string): void {
    if (/^on[a-z]+$/.test(key) || /^\s*javascript:/i.test(value)) {
      this.inCode(value, "handler", raw);
      return;
    }
    if (!this.worth(value)) return;
    const url = readAddress(value, this.base);
    if (!url) return;
    const own = ownAddress(url, this.sought);
    const anchor = /^(a|area)$/.test(name) && /^(xlink:)?href$/.test(key);
    const sends = (name === "form" && key === "action") || key === "formaction";
    if (own === "image") {
      if (name === "img" && key === "src") this.found("image", raw);
    } else if (own === "misspelt" || own === "wrapped") this.note(own, raw);
    else if (own && anchor) this.found(own, raw);
    else if (own && sends) this.found("form", raw);
    else if (own && /^(iframe|frame|embed)$/.test(name) && key === "src") this.found("frame", raw);
    else if (own) this.note("in-attribute", raw);
    // A form to the consult service is judged when its fields are known.
    else if (!(name === "form" && oldLinkOf(url)?.kind.startsWith("consult"))) this.oldLink(url, raw);
  }

  /** Whether an address could be ours or Kakao's at all: most are not, and reading each costs time. */
  private readonly worth = (text: string): boolean =>
    /kakao/i.test(text) ||
    text.toLowerCase().includes(this.own.hostname) ||
    (this.base?.host === this.own.host && text.includes("/")) ||
    /\/\/[^/]*[^\0-\x7f%]/.test(text);

  /** Addresses inside code. A handler is pressed by people; what a script does with them nobody can tell from here. */
  private inCode(text: string, place: Place, raw: string): void {
    for (const { url, at, written } of addressesIn(text, this.worth)) {
      const own = ownAddress(url, this.sought);
      const snippet = place === "handler" ? raw : text.slice(Math.max(0, at - 60), at + written.length + 40);
      if (own === "misspelt" || own === "wrapped") this.note(own, snippet);
      else if (own === null) this.oldLink(url, snippet);
      else if (own !== "image" && place === "handler") this.found("handler", snippet);
      else if (own !== "image") this.note("in-script", snippet);
    }
    const call = sdkCall.exec(text);
    if (call) this.keepOld("sdk", "", "", text.slice(Math.max(0, call.index - 40), call.index + 200));
    const code = place === "script" && text.includes("embed.js") ? this.code.exec(text) : null;
    if (code) this.note("in-script", text.slice(Math.max(0, code.index - 150), code.index + 150));
  }

  /** Consult Talk can also be begun by a form with `uuid` and `extra` (field-facts 2.1). */
  private closeForm({ action, fields, snippet }: { action: URL; fields: Map<string, string>; snippet: string }): void {
    this.form = null;
    if (!oldLinkOf(action)?.kind.startsWith("consult")) return;
    const asLink = new URL(action);
    const [uuid, extra] = [fields.get("uuid"), fields.get("extra")];
    if (uuid !== undefined) asLink.pathname = `/chat/open/${encodeURIComponent(uuid)}`;
    if (extra !== undefined) asLink.searchParams.set("extra", extra);
    const own = ownAddress(asLink, this.sought);
    // With the code in its own address it was found there.
    if (own === "direct" && ownAddress(action, this.sought) === null) this.found("form", snippet);
    else if (own === null) this.oldLink(asLink, snippet);
  }

  private text(text: string): void {
    if (this.script !== null) this.script += text;
    if (this.inside("title") && !this.inside("svg") && this.title.length < 400) this.title += text;
    if (this.inside("unseen") || this.inside("")) return;
    this.tally.letters += text.replace(/\s+/g, "").length;
    this.words += text;
  }

  private comment(text: string): void {
    const near = this.commented === null ? this.code.exec(text) : null;
    if (!near) return;
    const ours = addressesIn(text, this.worth).some(({ url }) => ownAddress(url, this.sought) !== null);
    if (!ours && !text.includes("data-placement")) return;
    this.commented = tidySnippet(`<!--${text.slice(Math.max(0, near.index - 200), near.index + 90)}-->`);
  }

  private found(reason: PresenceReason, raw: string): void {
    if (this.inside("template")) this.note("template", raw);
    else if (this.inside("noscript")) this.note("noscript", raw);
    else if (this.inside("")) this.note("hidden", raw);
    else this.certain ??= { certain: true, reason, snippet: this.around(raw) };
  }

  private note(place: (typeof doubtful)[number], raw: string): void {
    if (!this.maybe.has(place)) this.maybe.set(place, this.around(raw));
  }

  /** The piece with the code in sight. */
  private around(raw: string): string {
    const at = this.code.exec(raw)?.index ?? 0;
    return tidySnippet(raw.length <= 300 ? raw : raw.slice(Math.max(0, at - 200), at + 90));
  }

  private oldLink(url: URL, raw: string): void {
    const old = oldLinkOf(url);
    if (old) this.keepOld(old.kind, url.href, old.extra, raw);
  }

  private keepOld(kind: OldLink["kind"], address: string, extra: string, raw: string): void {
    const key = `${kind} ${address}`;
    if (this.old.size >= mostOldLinks || this.old.has(key) || this.inside("template")) return;
    const short = { address: tidySnippet(address), extra: tidySnippet(extra, 60), snippet: tidySnippet(raw, 200) };
    this.old.set(key, { kind, ...short });
  }
}
