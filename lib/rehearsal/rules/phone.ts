// The phone and the seat as what was noted and what is kept make them: events give the order, the transcript the words. Pure.
import { z } from "zod";
import { type TemplateContent, templateContentSchema } from "@/lib/templates/schema/content";
import { maskText } from "@/lib/transcripts/rules/masking";
import { saidIn } from "@/lib/transcripts/rules/said";
import type { Json } from "@/lib/transcripts/schema";
import type { EventKind, Noted, RehearsedSession } from "../schema/rehearsal";

/** user: to the right. channel: to the left, under the channel's name. notice, other: what the room shows beside 상담톡. line: a remark. */
export const bubbleSides = ["user", "channel", "notice", "other", "line"] as const;
export const bubbleSchema = z.object({
  ...{ side: z.enum(bubbleSides), text: z.string(), buttons: z.array(z.string()), picture: z.string() },
  /** Number of the event. */
  event: z.number(),
  /** The key is gone, and the words with it. */
  gone: z.boolean(),
});
export type Bubble = z.output<typeof bubbleSchema>;
export type ShownBubble = Bubble & {
  kind: EventKind;
  session: string;
  at: Date;
  /** What an agent or the robot sent, whole. */
  content: TemplateContent | null;
};

type Happened = Omit<Noted, "picture"> & { number: number; at: Date };

const sides: Partial<Record<EventKind, Bubble["side"]>> = {
  ...{ said: "user", showed: "user", unheard: "user", robot: "channel", replied: "channel" },
  ...{ noticed: "notice", alimtalk: "other", opened: "line", ended: "line", handed: "line", passed: "line" },
  ...{ blocked: "line", unblocked: "line", destroyed: "line", reopened: "line" },
};

/** Everything in its order. @param notice the text of the first automatic notice by its hash */
export function roomOf(
  events: readonly Happened[],
  sessions: readonly RehearsedSession[],
  notice: { text: string; hash: string } | null,
): ShownBubble[] {
  const waiting = new Map(
    sessions.flatMap(({ externalId, messages }) =>
      (["in", "out"] as const).map((direction) => [
        `${direction} ${externalId}`,
        messages.filter((message) => message.direction === direction).map(({ content }) => content),
      ]),
    ),
  );
  return events.flatMap(({ kind, detail, number, at }): ShownBubble[] => {
    const side = sides[kind];
    if (!side) return [];
    const session = String(detail.session ?? "");
    const place = { side, kind, event: number, session, at, picture: String(detail.picture ?? "") };
    const none = { ...place, text: "", buttons: [], gone: false, content: null };
    if (kind === "noticed") return [{ ...none, text: detail.hash === notice?.hash ? (notice?.text ?? "") : "" }];
    if (side !== "user" && side !== "channel") return [none];
    // What a blocked user writes reaches nobody, so nobody keeps it.
    if (kind === "unheard") return [none];
    const content = waiting.get(`${side === "user" ? "in" : "out"} ${session}`)?.shift();
    if (content === undefined) return [{ ...none, gone: true }];
    const said = saidIn(content as Json);
    return [{ ...none, text: said.texts.join("\n"), buttons: said.buttons, content: filledIn(content) }];
  });
}

const filledSchema = z.object({ filled: templateContentSchema });

function filledIn(content: unknown): TemplateContent | null {
  const read = filledSchema.safeParse(content);
  return read.success ? read.data.filled : null;
}

/** Bubbles of a picture. */
const most = 12;

/**
 * The end of the room as evidence that outlives it: what a person typed stands masked, whatever looks like somebody's number is covered.
 * @param refused number of the event that was refused just now: the phone shows nothing of it, the evidence does
 */
export function pictureOf(room: readonly ShownBubble[], refused: number | null = null): Bubble[] {
  const shown = room.slice(-most).map(({ side, text, buttons, picture, event, gone }) => ({
    ...{ side, buttons: buttons.map(maskText), picture, event, gone },
    text: maskText(text),
  }));
  if (refused === null) return shown;
  return [...shown, { side: "line", text: "", buttons: [], picture: "", event: refused, gone: false }];
}

const lines = ["opened", "returned", "handed", "passed", "blocked", "unblocked", "destroyed", "reopened"] as const;
const ends = ["left", "agent", "bot", "robot", "command", "silent", "lost", "blocked"] as const;
const refusals = ["first", "ended", "blocked", "dealer", "robot"] as const;
type LineKey =
  | `line.${(typeof lines)[number]}`
  | `line.ended-${(typeof ends)[number]}`
  | `refusedWhy.${(typeof refusals)[number]}`
  | "line.passed-hours";

/** A remark's words, below rehearsal.run. */
export function lineKey({ kind, detail }: Pick<Noted, "kind" | "detail">): LineKey {
  if (kind === "refused") return `refusedWhy.${refusals.find((one) => one === detail.why) ?? "dealer"}`;
  if (kind === "opened") return detail.returning ? "line.returned" : "line.opened";
  if (kind === "passed" && detail.days === 0) return "line.passed-hours";
  if (kind === "ended") return `line.ended-${ends.find((one) => one === detail.by) ?? "agent"}`;
  return `line.${lines.find((one) => one === kind) ?? "opened"}`;
}
