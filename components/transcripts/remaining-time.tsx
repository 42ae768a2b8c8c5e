"use client";

import { useEffect, useState } from "react";

/** Counts a look's time down; when it is over, the page is asked for again and comes back without what was said. */
export function RemainingTime({ until, left, now }: { until: string; left: string; now: string }) {
  const [seconds, setSeconds] = useState(secondsTo(until, new Date(now)));
  useEffect(() => {
    // By the server's clock: this machine's may be wrong.
    const ahead = Date.now() - Date.parse(now);
    const tick = () => {
      const rest = secondsTo(until, new Date(Date.now() - ahead));
      setSeconds(rest);
      if (rest <= 0) location.reload();
    };
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [until, now]);
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <span className="num whitespace-nowrap" role="timer" aria-live="off">
      {left.replace("{time}", text)}
    </span>
  );
}

function secondsTo(until: string, now: Date): number {
  return Math.max(0, Math.ceil((Date.parse(until) - now.getTime()) / 1_000));
}
