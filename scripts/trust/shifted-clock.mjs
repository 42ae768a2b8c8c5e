// For the drill alone, by NODE_OPTIONS=--import: a process whose clock is DRILL_CLOCK_MS ahead. The product has no such switch.
const ahead = Number(process.env.DRILL_CLOCK_MS ?? 0);
const Real = Date;
const now = () => Real.now() + ahead;

/** Own properties throughout: Next makes its Date from those. */
function Shifted(...given) {
  return new.target
    ? Reflect.construct(Real, given.length === 0 ? [now()] : given, new.target)
    : String(new Real(now()));
}
Shifted.prototype = Real.prototype;
globalThis.Date = Object.assign(Shifted, { now, parse: Real.parse, UTC: Real.UTC });
