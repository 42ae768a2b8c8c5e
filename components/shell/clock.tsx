"use client";

import { useEffect, useState } from "react";
import { barTime } from "@/lib/clock";
import type { Locale } from "@/lib/locale";

/** Date and time in Korea. Right from the server, kept right in the browser. */
export function Clock({ now, locale }: { now: string; locale: Locale }) {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setAt(new Date().toISOString()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return <time dateTime={at}>{barTime(new Date(at), locale)}</time>;
}
