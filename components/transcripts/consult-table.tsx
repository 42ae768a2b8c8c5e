"use client";

import { useEffect, useRef, useState } from "react";
import { Link } from "@/components/ui/link";
import { Status, type StatusKind } from "@/components/ui/status";
import type { ConsultLine } from "./consult-line";

export type ConsultTableWords = {
  caption: string;
  send: string;
  column: Readonly<Record<"time" | "channel" | "place" | "entry" | "visit" | "state" | "messages", string>>;
  live: Readonly<
    Record<
      "on" | "paused" | "connecting" | "off" | "ended" | "pause" | "resume" | "reload" | "many" | "arrived" | "waiting",
      string
    >
  >;
};

type Live = "connecting" | "on" | "paused" | "off" | "ended";

/** A region that scrolls must be reached by the keyboard (WCAG 2.1.1). */
const reachable = { tabIndex: 0 } as const;
const most = 100;
const kinds: Readonly<Record<Live, StatusKind>> = {
  connecting: "waiting",
  on: "note",
  paused: "off",
  off: "warn",
  ended: "off",
};

/** The monitor's list. With `stream` new consults come in at the top while the page is open; without script it is a list like any other. */
export function ConsultTable({
  lines,
  words,
  stream,
  here,
}: {
  lines: readonly ConsultLine[];
  words: ConsultTableWords;
  /** Where events come from; null on later pages. */
  stream: string | null;
  /** The list's own address, to be asked for again. */
  here: string;
}) {
  const [arrived, setArrived] = useState<readonly ConsultLine[]>([]);
  const [held, setHeld] = useState<readonly ConsultLine[]>([]);
  // Null until the script runs: without it there is nothing but the way to ask again.
  const [live, setLive] = useState<Live | null>(null);
  const [said, setSaid] = useState("");
  const paused = live === "paused";
  const pausing = useRef(false);
  const known = useRef(new Set(lines.map(({ id }) => id)));

  useEffect(() => {
    if (!stream) return;
    const source = new EventSource(stream);
    setLive("connecting");
    const open = () => setLive(pausing.current ? "paused" : "on");
    const hear = (event: MessageEvent<string>) => {
      const fresh = JSON.parse(event.data) as ConsultLine[];
      (pausing.current ? setHeld : setArrived)((before) => merge(fresh, before));
      const count = fresh.filter(({ id }) => !known.current.has(id)).length;
      for (const { id } of fresh) known.current.add(id);
      if (count > 0 && !pausing.current) setSaid(words.live.arrived.replace("{count}", String(count)));
    };
    const many = () => setSaid(words.live.many);
    const end = () => {
      source.close();
      setLive("ended");
    };
    source.addEventListener("open", open);
    source.addEventListener("consults", hear);
    source.addEventListener("many", many);
    source.addEventListener("end", end);
    source.addEventListener("error", () => setLive(source.readyState === EventSource.CLOSED ? "off" : "connecting"));
    return () => source.close();
  }, [stream, words]);

  const toggle = () => {
    pausing.current = !pausing.current;
    setLive(pausing.current ? "paused" : "on");
    if (!pausing.current) {
      setArrived((before) => merge(held, before));
      setHeld([]);
    }
  };
  const shown = merge(arrived, lines).slice(0, Math.max(most, lines.length));
  return (
    <>
      {stream ? (
        <div className="mb-2 flex flex-wrap items-center gap-3 text-xs text-fg-2">
          {live ? <Status kind={kinds[live]}>{words.live[live]}</Status> : null}
          {live === "on" || paused ? (
            <button type="button" className="btn sm" aria-pressed={paused} onClick={toggle}>
              {paused ? words.live.resume : words.live.pause}
            </button>
          ) : null}
          {paused && held.length > 0 ? <span>{words.live.waiting.replace("{count}", String(held.length))}</span> : null}
          {live === "on" || paused ? null : (
            <a className="btn sm" href={here}>
              {words.live.reload}
            </a>
          )}
          <span role="status" className="text-fg-3">
            {said}
          </span>
        </div>
      ) : null}
      <figure className="table-region" aria-label={words.caption} {...reachable}>
        <table className="table">
          <caption className="sr-only">{words.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.column.time}</th>
              <th scope="col">{words.column.place}</th>
              <th scope="col" className="off-phone">
                {words.column.channel}
              </th>
              <th scope="col" className="off-phone">
                {words.column.entry}
              </th>
              <th scope="col">{words.column.visit}</th>
              <th scope="col" className="off-phone">
                {words.column.state}
              </th>
              <th scope="col" className="n">
                {words.column.messages}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <ConsultTr key={line.id} line={line} send={words.send} />
            ))}
          </tbody>
        </table>
      </figure>
    </>
  );
}

const stateKinds: Readonly<Record<ConsultLine["state"], StatusKind>> = { open: "note", ended: "ok", expired: "off" };

function ConsultTr({ line, send }: { line: ConsultLine; send: string }) {
  return (
    <tr>
      <th scope="row" className="nw">
        <time className="name" dateTime={line.iso}>
          {line.time}
        </time>
        {line.sendHref ? (
          <Link className="t2" href={line.sendHref}>
            {send}
          </Link>
        ) : null}
      </th>
      <td>
        {line.placeHref ? (
          <Link href={line.placeHref}>{line.place}</Link>
        ) : line.placeKind === "unknown" ? (
          <Status kind="unknown">{line.place}</Status>
        ) : (
          <span className="text-fg-2">{line.place}</span>
        )}
        {line.code ? <span className="t2 mono">{line.code}</span> : null}
      </td>
      <td className="off-phone">{line.channel}</td>
      <td className="nw off-phone">{line.entryKnown ? line.entry : <Status kind="unknown">{line.entry}</Status>}</td>
      <td className="nw">
        {line.visit}
        <span className="t2 mono">{line.user}</span>
      </td>
      <td className="nw off-phone">
        <Status kind={stateKinds[line.state]}>{line.stateWord}</Status>
      </td>
      <td className="n">{line.messages}</td>
    </tr>
  );
}

/** Newer words for the same consult win; newest opening first. */
function merge(newer: readonly ConsultLine[], older: readonly ConsultLine[]): ConsultLine[] {
  const ids = new Set(newer.map(({ id }) => id));
  return [...newer, ...older.filter(({ id }) => !ids.has(id))].sort((a, b) => b.openedAt - a.openedAt);
}
