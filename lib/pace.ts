// So many beginnings a second, the rest a little later: for services that count them.

/** Spreads beginnings so that no second sees more of them than it may. In the order in which they ask. */
export class Pace {
  private readonly begun: number[] = [];
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly perSecond: number,
    private readonly clock: () => number = Date.now,
    private readonly wait: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  ) {}

  /** Resolves when one more may begin. */
  turn(): Promise<void> {
    this.last = this.last.then(() => this.next());
    return this.last;
  }

  private async next(): Promise<void> {
    for (;;) {
      const now = this.clock();
      while (this.begun[0] !== undefined && this.begun[0] <= now - 1_000) this.begun.shift();
      const [oldest] = this.begun;
      if (oldest === undefined || this.begun.length < this.perSecond) {
        this.begun.push(now);
        return;
      }
      await this.wait(oldest + 1_000 - now);
    }
  }
}

const shared = globalThis as typeof globalThis & { damsoPaces?: Map<string, Pace> };

/** The pace of a name: one per process, also across Next's bundles. */
export function paceOf(name: string, perSecond: number): Pace {
  shared.damsoPaces ??= new Map();
  const pace = shared.damsoPaces.get(name) ?? new Pace(perSecond);
  shared.damsoPaces.set(name, pace);
  return pace;
}
