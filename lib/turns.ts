import { Refused } from "./errors";

/** Lets a few works run at once and a few more wait, first come first served: a flood of one kind leaves room for the others. */
export class Turns {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly mayWait: number,
  ) {}

  /** @throws Refused people.busy when too many wait already */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.atOnce) this.running += 1;
    else if (this.waiting.length >= this.mayWait) throw new Refused("people.busy");
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The place goes straight to the one who waits longest.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

const shared = globalThis as typeof globalThis & { damsoTurns?: Map<string, Turns> };

/** The queue of a name: one per process, also across Next's bundles. */
export function turnsOf(name: string, atOnce: number, mayWait: number): Turns {
  shared.damsoTurns ??= new Map();
  const turns = shared.damsoTurns.get(name) ?? new Turns(atOnce, mayWait);
  shared.damsoTurns.set(name, turns);
  return turns;
}
