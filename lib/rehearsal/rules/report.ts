// What the report of a rehearsal says, in the order of the guide. Pure.
import { fullTime } from "@/lib/clock";
import { sentence } from "@/lib/messages";
import type { RehearsalEvent, RehearsalView } from "../schema/rehearsal";
import { boundParts } from "./bound";
import { type GuidedKey, walkedSteps } from "./guided";
import { type Bubble, lineKey } from "./phone";

export type ReportStep = {
  key: GuidedKey;
  section: string;
  quote: string;
  needed: boolean;
  /** What showed it: null when it was not walked. */
  at: Date | null;
  event: number | null;
  /** The phone after the act that showed it. */
  picture: Bubble[] | null;
  /** An earlier step that the same act showed: its picture is not drawn twice. */
  sameAs: GuidedKey | null;
};

/** Each step with what showed it. An act notes several things at once: the picture lies with the last of them. */
export function reportSteps({ events, scenario }: Pick<RehearsalView, "events" | "scenario">): ReportStep[] {
  const drawn = new Map<number, GuidedKey>();
  return walkedSteps(events, scenario !== null).map(({ key, section, quote, needed, event }) => {
    const shown = events.find(({ number }) => number === event);
    const last = events.find(({ number, picture }) => event !== null && number >= event && picture !== null);
    const sameAs = last ? (drawn.get(last.number) ?? null) : null;
    if (last && sameAs === null) drawn.set(last.number, key);
    const picture = sameAs === null ? (last?.picture ?? null) : null;
    return { key, section, quote, needed, event, at: shown?.at ?? null, picture, sameAs };
  });
}

const say = (key: string, values?: Record<string, string | number>) => sentence(`rehearsal.run.${key}`, "ko", values);
const time = (at: Date) => fullTime(at, "ko", true);

/** The head of the paper. */
export function reportRows(view: RehearsalView): [name: string, value: string][] {
  const destroyed = view.events.findLast(({ kind }) => kind === "destroyed");
  const state = view.outcome === null ? "open" : view.outcome === "given-up" ? "given-up" : "finished";
  return [
    [say("company"), view.company],
    [say("channel"), `${view.channelName} @${view.searchId}`],
    [say("format"), say(`formatOf.${view.format}`)],
    [say("state"), say(`stateOf.${state}`)],
    [say("startedAt"), time(view.at)],
    ...(view.endedAt ? [[say("endedAt"), time(view.endedAt)] as [string, string]] : []),
    [say("person"), view.personName],
    ...boundParts.map((part): [string, string] => [
      say(`part.${part}`),
      [view.bound[part] || say("noHash"), view.changed.includes(part) ? say("changedSince") : ""]
        .filter(Boolean)
        .join("\n"),
    ]),
    ...(destroyed
      ? [
          [
            say("destruction"),
            `${say("destroyedOf", { sessions: Number(destroyed.detail.sessions), messages: Number(destroyed.detail.messages) })}\n${destroyed.detail.rings}`,
          ] as [string, string],
        ]
      : []),
  ];
}

/** A bubble in words, for paper. @param told what its event was */
export function bubbleText(
  { side, text, picture, gone }: Bubble,
  told: Pick<RehearsalEvent, "kind" | "detail"> | undefined,
): string {
  if (side === "line") return told ? say(lineKey(told), { days: Number(told.detail.days ?? 0) }) : "";
  if (side === "notice") return `${say("noticeHead")}\n${text === "" ? say("noticeNone") : text}`;
  if (side === "other") return `${say("alimtalkHead")}: ${say("alimtalkText")}`;
  if (gone) return say("gone");
  if (picture !== "") return say(`picture.${picture}`);
  return text;
}
