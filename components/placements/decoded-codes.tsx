"use client";

import { useContext } from "react";
import { FormContext } from "@/components/form/form-context";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Mono } from "@/components/ui/text";
import type { Decoded } from "@/lib/placements/schema/code-book";

/** What the form around it has found: unknown values first, then by count. */
export function DecodedCodes({
  title,
  sums,
  words,
  faults,
  media,
}: {
  title: string;
  sums: { all: string; some: string };
  words: Record<"value" | "count" | "place" | "medium" | "channel" | "retired" | "none", string>;
  faults: Record<"unknown" | "shape" | "case", string>;
  media: Readonly<Record<string, string>>;
}) {
  const found = useContext(FormContext)?.state.found as readonly Decoded[] | undefined;
  if (!found) return null;
  const strange = found.filter(({ fault }) => fault !== null).length;
  const say = (text: string) => text.replace("{count}", String(found.length)).replace("{strange}", String(strange));
  return (
    <section aria-label={title}>
      <Callout kind={strange > 0 ? "warn" : "ok"} role="status">
        {say(strange > 0 ? sums.some : sums.all)}
      </Callout>
      <Table
        caption={title}
        head={
          <>
            <Th>{words.value}</Th>
            <Th numeric>{words.count}</Th>
            <Th>{words.place}</Th>
            <Th phone="hide">{words.medium}</Th>
            <Th phone="hide">{words.channel}</Th>
          </>
        }
      >
        {found.map((row) => (
          <Tr key={row.value}>
            <Td>
              <Mono>{row.value}</Mono>
            </Td>
            <Td numeric>{row.count.toLocaleString()}</Td>
            <Td>
              {row.place ? <Link href={`/placements/${row.place.id}`}>{row.place.name}</Link> : null}
              {row.place?.retired ? <span className="text-fg-3"> · {words.retired}</span> : null}
              {row.fault ? <span className="block text-warn">{faults[row.fault]}</span> : null}
            </Td>
            <Td nowrap phone="hide">
              {row.place ? media[row.place.medium] : words.none}
            </Td>
            <Td phone="hide">{row.place?.channel ?? words.none}</Td>
          </Tr>
        ))}
      </Table>
    </section>
  );
}
