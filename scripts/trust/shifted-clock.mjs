// For the drill alone, by NODE_OPTIONS=--import: a process whose clock is DRILL_CLOCK_MS ahead. The product has no such switch.
const ahead = Number(process.env.DRILL_CLOCK_MS ?? 0);
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + ahead);
    else super(...given);
  }

  static now() {
    return Real.now() + ahead;
  }
};
