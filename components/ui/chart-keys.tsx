"use client";

import { type ReactNode, useRef, useState } from "react";

/** Arrow keys walk the days of the chart inside; each day's sentence is read out as the slider's value. */
export function ChartKeys({
  label,
  sentences,
  children,
}: {
  label: string;
  sentences: readonly string[];
  children: ReactNode;
}) {
  const chart = useRef<HTMLDivElement>(null);
  const last = sentences.length - 1;
  const [at, setAt] = useState(last);
  function show(to: number | null) {
    const days = chart.current?.querySelectorAll(".day") ?? [];
    for (const [index, day] of [...days].entries()) day.classList.toggle("on", index === to);
    if (to !== null) setAt(to);
  }
  return (
    <div
      ref={chart}
      className="chart"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={at}
      aria-valuetext={sentences[at]}
      onKeyDown={(event) => {
        const steps = { ArrowLeft: Math.max(0, at - 1), ArrowRight: Math.min(last, at + 1), Home: 0, End: last };
        const to = steps[event.key as keyof typeof steps];
        if (to === undefined || event.nativeEvent.isComposing) return;
        event.preventDefault();
        show(to);
      }}
      onBlur={() => show(null)}
    >
      {children}
    </div>
  );
}
