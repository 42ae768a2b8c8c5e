"use client";

import { useLinkStatus } from "next/link";

/**
 * Inside a link: says that its page is on the way; ui.css turns the rows into bars after 200 ms. There is no loading.tsx: it would answer
 * 200 before a page can say 404, and leave people without script with the bars alone.
 */
export function Pending({ word }: { word: string }) {
  const { pending } = useLinkStatus();
  return pending ? (
    <span className="pending sr-only" role="status">
      {word}
    </span>
  ) : null;
}
