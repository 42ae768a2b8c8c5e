// A list of places as people keep it in a spreadsheet: which columns, which lines can be made, and what is wrong with the others. Pure.
import { z } from "zod";
import { Refused, type SentenceValues } from "@/lib/errors";
import { issueSentence } from "@/lib/form-data";
import { assertCodeIsNoPersonalData, usualMode } from "../rules";
import { createPlacementSchema, type Medium } from "../schema";
import { type Described, describedBy } from "./described";

/** Lines of one file besides its heading. */
export const mostPlaceRows = 1_000;

export const placeColumns = [
  "channelId",
  "name",
  "medium",
  "site",
  "location",
  "pageUrl",
  "campaign",
  "tags",
  "startsOn",
  "endsOn",
  "ownerId",
  "mode",
  "code",
  "bot",
  "event",
] as const;
export type PlaceColumn = (typeof placeColumns)[number];

/** Headings that people write, and those of our own sample in both languages. Spaces, case and marks between words do not count. */
const headings: Readonly<Record<PlaceColumn, readonly string[]>> = {
  channelId: ["channel", "채널"],
  name: ["name", "이름", "위치이름"],
  medium: ["medium", "kind", "종류", "매체"],
  site: ["site", "siteapporshop", "사이트", "사이트앱매장", "매장", "앱"],
  location: ["location", "whereitis", "place", "둔곳", "위치"],
  pageUrl: ["pageaddress", "pageurl", "url", "페이지주소", "주소"],
  campaign: ["campaign", "캠페인"],
  tags: ["tags", "tag", "태그"],
  startsOn: ["startson", "firstdayofuse", "from", "쓰기시작하는날", "시작일", "시작"],
  endsOn: ["endson", "lastdayofuse", "to", "쓰기를끝내는날", "종료일", "끝"],
  ownerId: ["owner", "담당", "담당자"],
  mode: ["mode", "way", "연결"],
  code: ["code", "위치코드", "코드", "extra"],
  bot: ["bot", "chatbot", "챗봇"],
  event: ["event", "chatbotblockevent", "챗봇블록이벤트", "이벤트"],
};

const mediumWords: Readonly<Record<string, Medium>> = {
  web: "web",
  웹: "web",
  mobileweb: "mobile_web",
  mobile: "mobile_web",
  모바일웹: "mobile_web",
  모바일: "mobile_web",
  app: "app",
  앱: "app",
  offline: "offline",
  print: "offline",
  printandonsite: "offline",
  qr: "offline",
  인쇄: "offline",
  현장: "offline",
  인쇄현장: "offline",
  매장: "offline",
  message: "message",
  messagetemplate: "message",
  알림톡: "message",
  친구톡: "message",
  알림톡친구톡: "message",
};
const modeWords: Readonly<Record<string, string>> = {
  redirect: "redirect",
  경유: "redirect",
  direct: "direct",
  직접: "direct",
};
const botWords: Readonly<Record<string, string>> = {
  false: "false",
  true: "true",
  auto: "auto",
  상담: "false",
  챗봇: "true",
};

/** A place that can be made. `code` null: one is made for it. */
export type PlaceRow = Described & { line: number; channelId: string; ownerId: string | null; code: string | null };
export type PlaceFault = { line: number; column: PlaceColumn; key: string; values?: SentenceValues; value: string };
export type PlaceList = { rows: PlaceRow[]; faults: PlaceFault[] };

/** Against what a list is read. `owners` may be named by name or by mail address. */
export type PlaceContext = {
  channels: readonly { id: string; name: string; searchId: string }[];
  owners: readonly { id: string; name: string; email: string }[];
  isKey: (key: string) => boolean;
};

/**
 * Judges the lines of a list: each can be made or has its faults.
 * @throws Refused beside `file` when the heading names neither name nor kind, or nothing follows it
 */
export function readPlaceList(
  lines: readonly { line: number; cells: readonly string[] }[],
  context: PlaceContext,
): PlaceList {
  const [head, ...rest] = lines;
  const places = columnsOf(head?.cells ?? []);
  if (places.name === undefined || places.medium === undefined) throw new Refused("placements.import.heading", "file");
  if (rest.length === 0) throw new Refused("placements.import.noRows", "file");
  const seen = new Map<string, number>();
  const list: PlaceList = { rows: [], faults: [] };
  for (const { line, cells } of rest) {
    const judged = judge(line, (column) => (cells[places[column] ?? -1] ?? "").trim(), context);
    const other = judged.row?.code ? seen.get(judged.row.code) : undefined;
    if (judged.row && other === undefined) {
      if (judged.row.code) seen.set(judged.row.code, line);
      list.rows.push(judged.row);
    } else if (judged.row) {
      const value = judged.row.code ?? "";
      list.faults.push({
        line,
        column: "code",
        key: "placements.import.codeTwice",
        values: { other: other ?? 0 },
        value,
      });
    } else list.faults.push(...judged.faults);
  }
  return list;
}

function columnsOf(cells: readonly string[]): Partial<Record<PlaceColumn, number>> {
  const places: Partial<Record<PlaceColumn, number>> = {};
  for (const [place, cell] of cells.entries()) {
    const column = placeColumns.find((name) => headings[name].includes(bare(cell)));
    if (column && places[column] === undefined) places[column] = place;
  }
  return places;
}

type Judged = { row: PlaceRow; faults?: never } | { row?: never; faults: PlaceFault[] };

function judge(line: number, cell: (column: PlaceColumn) => string, context: PlaceContext): Judged {
  const faults: PlaceFault[] = [];
  const fault = (column: PlaceColumn, key: string, values?: SentenceValues) =>
    faults.push({ line, column, key, ...(values ? { values } : {}), value: shortened(cell(column)) });
  const channelId = channelOf(cell("channelId"), context);
  if (channelId === null)
    fault("channelId", cell("channelId") === "" ? "errors.required" : "placements.import.noChannel");
  const ownerId = ownerOf(cell("ownerId"), context);
  if (ownerId === undefined) fault("ownerId", "placements.ownerUnknown");
  const medium = mediumWords[bare(cell("medium"))] ?? cell("medium");
  const mode = cell("mode") === "" ? wayOf(medium) : (modeWords[bare(cell("mode"))] ?? cell("mode"));
  const input = {
    channelId: channelId ?? nobody,
    name: cell("name"),
    medium,
    site: cell("site"),
    location: cell("location"),
    pageUrl: cell("pageUrl"),
    campaign: cell("campaign"),
    tags: cell("tags"),
    startsOn: cell("startsOn") === "" ? null : writtenDay(cell("startsOn")),
    endsOn: cell("endsOn") === "" ? null : writtenDay(cell("endsOn")),
    mode,
    bot: cell("bot") === "" ? null : (botWords[bare(cell("bot"))] ?? cell("bot")),
    event: cell("event") === "" ? null : cell("event"),
    code: cell("code") === "" ? null : cell("code"),
  };
  const parsed = createPlacementSchema.safeParse(input);
  if (!parsed.success) {
    const columns = new Set<PlaceColumn>();
    for (const issue of parsed.error.issues) {
      const column = placeColumns.find((name) => name === issue.path[0]) ?? "name";
      const { key, values } = issueSentence(issue, input, context.isKey);
      if (!columns.has(column)) fault(column, key, values);
      columns.add(column);
    }
  }
  if (faults.length > 0 || !parsed.success) return { faults };
  try {
    if (parsed.data.code !== null) assertCodeIsNoPersonalData(parsed.data.code);
    const described = describedBy(parsed.data);
    return {
      row: { line, ...described, channelId: parsed.data.channelId, ownerId: ownerId ?? null, code: parsed.data.code },
    };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    fault(placeColumns.find((name) => name === error.field) ?? "name", error.key, error.values);
    return { faults };
  }
}

const nobody = "00000000-0000-4000-8000-000000000000";

/** Where a list names no channel, a company of one channel means that one. */
function channelOf(written: string, { channels }: PlaceContext): string | null {
  if (written === "") return channels.length === 1 ? (channels[0]?.id ?? null) : null;
  const searched = written.replace(/^@/, "").normalize("NFC");
  const found = channels.filter(({ name, searchId }) => searchId === searched || name === searched);
  return (
    (found.find(({ searchId }) => searchId === searched) ?? (found.length === 1 ? found[0] : undefined))?.id ?? null
  );
}

/** Null: whoever hands the list in. Undefined: nobody of that name, or several. */
function ownerOf(written: string, { owners }: PlaceContext): string | null | undefined {
  if (written === "") return null;
  const found = owners.filter(
    ({ name, email }) => name === written.normalize("NFC") || email.toLowerCase() === written.toLowerCase(),
  );
  return found.length === 1 ? found[0]?.id : undefined;
}

function wayOf(medium: string): string {
  return medium === "message" ? usualMode(medium) : "redirect";
}

/** Days as spreadsheets write them: 2026-03-01, 2026.3.1, 2026. 3. 1., 2026/03/01, 20260301. What is none stays as it is written. */
function writtenDay(text: string): string {
  const match =
    /^(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return match ? `${match[1]}-${match[2]?.padStart(2, "0")}-${match[3]?.padStart(2, "0")}` : text;
}

function bare(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

function shortened(text: string): string {
  const plain = text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "�");
  return plain.length > 40 ? `${plain.slice(0, 40).toWellFormed()}…` : plain.toWellFormed();
}

/** What stands in the table between reading and taking. */
export const placeListSchema = z.object({
  rows: z.array(z.custom<PlaceRow>()),
  faults: z.array(z.custom<PlaceFault>()),
});
