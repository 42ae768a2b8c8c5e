/** Counts wrong tries by address in this process: a flood of them asks the database nothing more for a while. */
export class MissLimit {
  private readonly seen = new Map<string, { misses: number; until: number }>();

  /** @param most misses within `windowMs` before an address is shut until the window's end */
  constructor(
    private readonly most: number,
    private readonly windowMs: number,
  ) {}

  /** Seconds until an address may try again; 0 while it may. */
  shutFor(address: string, now: number): number {
    const entry = this.seen.get(address);
    if (!entry || entry.until <= now || entry.misses < this.most) return 0;
    return Math.ceil((entry.until - now) / 1_000);
  }

  miss(address: string, now: number): void {
    const entry = this.seen.get(address);
    if (entry && entry.until > now) {
      entry.misses += 1;
      return;
    }
    // Addresses are a stranger's to choose from: the list never grows without end.
    if (this.seen.size >= 10_000) this.seen.clear();
    this.seen.set(address, { misses: 1, until: now + this.windowMs });
  }
}
