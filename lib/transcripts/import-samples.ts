// Rows of imported files for tests and drills: good ones, every kind of bad one, and whole files of both.
import iconv from "iconv-lite";

/** Of the channel that the rows are of. */
export const senderKey = "ab".repeat(20);

export const event = (at: number, more: object = {}) => ({
  ...{ id: `e${at}`, type: at % 10 === 0 ? "session.opened" : "message.received", senderKey, userKey: `u${at % 97}` },
  ...{
    sessionId: `s${Math.floor(at / 10)}-${at % 97}`,
    at: new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString(),
  },
  ...(at % 10 === 0
    ? {}
    : { message: { serial: String(1689884130894833200n + BigInt(at)), kind: "text", text: `표식-91aa ${at}` } }),
  ...more,
});
export const json = (at: number, more?: object) => Buffer.from(JSON.stringify(event(at, more)));
const cut = (at: number) => json(at).subarray(0, 40);

/** Each a row that cannot be taken, with its reason. */
export const bad: [Buffer, string][] = [
  [Buffer.from("{"), "malformed"],
  [Buffer.from("상담"), "malformed"],
  [cut(1), "malformed"],
  [Buffer.from('{"id":"x","id":"y"}'), "malformed"],
  [Buffer.concat([Buffer.from([0]), json(1)]), "malformed"],
  [Buffer.concat([json(1), json(2)]), "malformed"],
  [Buffer.from(`${"[".repeat(40)}${"]".repeat(40)}`), "malformed"],
  [Buffer.from('{"at":1e999}'), "malformed"],
  [Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]), "encoding"],
  [Buffer.concat([json(3).subarray(0, -1), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from("}")]), "encoding"],
  [
    iconv.encode(JSON.stringify(event(4, { message: { serial: "1", kind: "text", text: "한글" } })), "cp949"),
    "encoding",
  ],
  [Buffer.from(`{"id":"long","more":"${"가".repeat(400_000)}"}`), "too_long"],
  [Buffer.from("null"), "invalid_shape"],
  [Buffer.from("42"), "invalid_shape"],
  [Buffer.from('"text"'), "invalid_shape"],
  [Buffer.from("{}"), "invalid_shape"],
  [json(5, { at: "2026-02-30T00:00:00Z" }), "invalid_shape"],
  [json(5, { at: "2026-01-01T00:00:00" }), "invalid_shape"],
  [json(5, { at: "2999-01-01T00:00:00Z" }), "invalid_shape"],
  [json(5, { at: "어제" }), "invalid_shape"],
  [json(5, { userKey: "" }), "invalid_shape"],
  [json(5, { userKey: "x".repeat(21) }), "invalid_shape"],
  [json(5, { userKey: "a\u0000b" }), "invalid_shape"],
  [json(5, { sessionId: null }), "invalid_shape"],
  [json(5, { message: null }), "invalid_shape"],
  [json(5, { id: "빈 칸" }), "invalid_shape"],
  [json(5, { message: { serial: "1", kind: "text", text: "가".repeat(20_001) } }), "invalid_shape"],
  [json(5, { type: "session.paused" }), "unknown_event"],
  [json(5, { message: { serial: "1", kind: "alimtalk", text: "x" } }), "out_of_scope"],
  [json(5, { id: "foreign", senderKey: "f".repeat(40) }), "unknown_channel"],
  [json(6, { at: "2026-01-01T09:00:00Z" }), "conflicting_repeat"],
  [json(7, { id: "other", userKey: "somebodyElse" }), "other_user"],
];

/**
 * Rows with bad ones among them in turn, empty lines, CR LF, a byte order mark and no line end at the last.
 * @param every distance of the bad rows
 */
export function fileOf(rows: number, every: number): { bytes: Buffer; faults: Map<number, string>; good: number } {
  const parts: Buffer[] = [Buffer.from("\ufeff")];
  const faults = new Map<number, string>();
  let good = 0;
  for (let row = 1; row <= rows; row += 1) {
    const turn = row % every === 0 ? bad[(row / every - 1) % bad.length] : undefined;
    if (turn) faults.set(row, turn[1]);
    const empty = !turn && row % 333 === 0;
    if (!turn && !empty) good += 1;
    parts.push(turn ? turn[0] : empty ? Buffer.from("  ") : json(row));
    if (row < rows) parts.push(Buffer.from(row % 2 === 0 ? "\r\n" : "\n"));
  }
  return { bytes: Buffer.concat(parts), faults, good };
}
