// The dealer stand-in as one thing: a desk, its dialect, its webhooks and its moods. HTTP is server/dealer.ts.
import type { Credentials } from "../client/dialect";
import { Deliveries, type Disorder } from "./deliveries";
import { Desk, type DeskOptions } from "./desk";
import type { DeskReply, DeskRequest, Speaking } from "./speaking";
import { speaksHappytalk } from "./speaks-happytalk";
import { speaksInfobank } from "./speaks-infobank";

export const standInDialects = { happytalk: speaksHappytalk, infobank: speaksInfobank } as const;
export type StandInFormat = keyof typeof standInDialects;

/** `slowMs`: before each answer. `failing`, `limited`: how many of the next calls fail, or are asked to wait. `silent`: done, but not answered. */
export type Mood = Disorder & { slowMs: number; failing: number; limited: number; silent: number };

export type StandInOptions = DeskOptions & { format: StandInFormat; credentials: Credentials; hookBase: string };

export class StandIn {
  readonly desk: Desk;
  readonly deliveries: Deliveries;
  private readonly speaking: Speaking;
  private mood: Mood = { slowMs: 0, failing: 0, limited: 0, silent: 0, unordered: false, repeated: false };

  constructor(
    private readonly options: StandInOptions,
    clock?: () => number,
  ) {
    this.speaking = standInDialects[options.format];
    this.deliveries = new Deliveries(options.hookBase, this.speaking, options.senderKey);
    this.desk = new Desk(options, (event) => this.deliveries.add(event), clock);
  }

  setMood(mood: Partial<Mood>): Mood {
    this.mood = { ...this.mood, ...mood };
    const { unordered, repeated } = this.mood;
    this.deliveries.disorder = { unordered, repeated };
    return this.mood;
  }

  /** Answers a call of the dealer's API; `answered` false: it was done, and the caller hears nothing. Null: no such call. */
  async answer(request: DeskRequest): Promise<{ reply: DeskReply; answered: boolean } | null> {
    const { mood, speaking, options } = this;
    if (mood.slowMs > 0) await new Promise<void>((resolve) => setTimeout(resolve, mood.slowMs));
    if (!speaking.knows(request, options.credentials)) return { reply: speaking.refuse("credentials"), answered: true };
    if (this.spend("limited")) return { reply: speaking.refuse("rateLimited"), answered: true };
    if (this.spend("failing")) return { reply: speaking.refuse("failed"), answered: true };
    const reply = speaking.answer(this.desk, request);
    return reply && { reply, answered: !this.spend("silent") };
  }

  private spend(what: "failing" | "limited" | "silent"): boolean {
    if (this.mood[what] <= 0) return false;
    this.mood[what] -= 1;
    return true;
  }
}
