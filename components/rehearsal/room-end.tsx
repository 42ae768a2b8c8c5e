"use client";

import { useEffect, useRef } from "react";

/** Keeps the newest bubble of a room in sight. @param count of bubbles: another one scrolls */
export function RoomEnd({ count }: { count: number }) {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const room = mark.current?.closest("ol");
    if (room && count > 0) room.scrollTop = room.scrollHeight;
  }, [count]);
  return <span ref={mark} />;
}
