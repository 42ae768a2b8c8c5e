// Presses that were sent on and could not be written down: counted by organization and KST day, and told to PostgreSQL as soon as it listens.
import { randomUUID } from "node:crypto";
import { kstDay } from "@/lib/clock";
import type { StandingConnection } from "@/lib/db/standing-connection";
import { readPresses } from "./press-line";

type Asker = Pick<StandingConnection, "query">;
type Failed = { organization: string; day: string; count: number; lastAt: number };

/** Totals of this process since it began: told again after a lost answer, they count once. */
export class PressFailures {
  /** Since the process began. */
  total = 0;
  private readonly instance = randomUUID();
  private readonly counts = new Map<string, Failed>();
  private untold = false;

  /** @param lines whole spool lines that are in no file */
  add(lines: string): void {
    const { batch, count, damaged } = readPresses(lines);
    this.total += count + damaged;
    for (const [at, organization] of batch.organizations.entries()) {
      const instant = Number(batch.instants[at]);
      const day = kstDay(new Date(instant));
      const key = `${organization} ${day}`;
      const known = this.counts.get(key) ?? { organization, day, count: 0, lastAt: 0 };
      this.counts.set(key, { ...known, count: known.count + 1, lastAt: Math.max(known.lastAt, instant) });
      this.untold = true;
    }
  }

  /** Writes the totals where 오늘 and `doctor` read them. @throws what the database refuses; then they are told the next time */
  async tell(database: Asker): Promise<void> {
    if (!this.untold) return;
    this.untold = false;
    const all = [...this.counts.values()];
    try {
      await database.query(
        "SELECT damso_record_press_failures($1::uuid, $2::uuid[], $3::date[], $4::int[], $5::bigint[])",
        [
          this.instance,
          all.map((one) => one.organization),
          all.map((one) => one.day),
          all.map((one) => one.count),
          all.map((one) => String(one.lastAt)),
        ],
      );
    } catch (error) {
      this.untold = true;
      throw error;
    }
    const today = kstDay(new Date());
    for (const [key, { day }] of this.counts) if (day < today && !this.untold) this.counts.delete(key);
  }
}
