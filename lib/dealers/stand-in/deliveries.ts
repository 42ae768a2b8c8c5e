// Webhooks of the stand-in on their way: in order or not, once or twice, with the three further tries that dealers document (field-facts 1.2).

import { randomUUID } from "node:crypto";
import { allowedFrom } from "@/lib/outbound/addresses";
import { callService } from "@/lib/outbound/call";
import { only } from "@/lib/streams";
import type { DeskEvent } from "./desk";
import type { Speaking } from "./speaking";

export type Disorder = { unordered: boolean; repeated: boolean };

/** Milliseconds for an answer, and before each further try. */
const mostMs = 5_000;
const pauses = [0, 200, 1_000, 3_000] as const;
/** Events that are held back together before they go out shuffled. */
const together = 8;

export class Deliveries {
  disorder: Disorder = { unordered: false, repeated: false };
  private held: { path: string; body: string }[] = [];
  private going: Promise<void> = Promise.resolve();
  readonly lost: { path: string; body: string }[] = [];

  /**
   * @param base address of the hook without its last slash; "" tells nobody
   * @param random numbers from 0 to 1, for the disorder
   */
  constructor(
    private readonly base: string,
    private readonly speaking: Speaking,
    private readonly senderKey: string,
    private readonly random: () => number = Math.random,
  ) {}

  add(event: DeskEvent): void {
    const made = this.speaking.hook(event, this.senderKey, randomUUID());
    if (!made || this.base === "") return;
    this.held.push(made);
    if (!this.disorder.unordered || this.held.length >= together) this.flush();
  }

  /** Lets what is held back go. */
  flush(): void {
    const now = this.held;
    this.held = [];
    const twice = this.disorder.repeated ? now.flatMap((one) => (this.random() < 0.4 ? [one, one] : [one])) : now;
    const order = this.disorder.unordered ? shuffled(twice, this.random) : twice;
    this.going = this.going.then(() => this.deliver(order));
  }

  /** Resolves when everything has been delivered or given up. */
  async settled(): Promise<void> {
    this.flush();
    for (let before: Promise<void> | null = null; before !== this.going; ) {
      before = this.going;
      await before;
    }
  }

  /** One after another in order; all at once where no order is kept. */
  private async deliver(all: readonly { path: string; body: string }[]): Promise<void> {
    if (this.disorder.unordered) await Promise.all(all.map((one) => this.post(one)));
    else for (const one of all) await this.post(one);
  }

  private async post(one: { path: string; body: string }): Promise<void> {
    const { host } = new URL(this.base);
    for (const pause of pauses) {
      if (pause > 0) await new Promise<void>((resolve) => setTimeout(resolve, pause));
      const bytes = Buffer.from(one.body);
      const answer = await callService(
        `${this.base}/${one.path}`,
        {
          ...{ method: "POST", mostMs, queue: `stand-in ${host}` },
          headers: { "content-type": "application/json; charset=utf-8" },
          body: { length: bytes.length, source: only(bytes) },
        },
        { allowed: allowedFrom([host]) },
      );
      if (answer.ok && answer.status === 200) return;
    }
    this.lost.push(one);
  }
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((value) => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
