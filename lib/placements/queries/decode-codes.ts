import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { decoded, reportedCodes } from "../rules/decode";
import type { Decoded } from "../schema/code-book";

/** What the values of a dealer's report mean. @param text see reportedCodes */
export async function decodeCodes(actor: Actor, text: string): Promise<Decoded[]> {
  const counts = reportedCodes(text);
  const values = [...counts.keys()].map((value) => value.toLowerCase());
  const found = await read(
    actor,
    "placement:read",
    (tx) => tx.$queryRaw<NonNullable<Decoded["place"]>[]>`
      SELECT p.id, p.name, p.medium, c.name AS channel, p.code, r.placement_id IS NOT NULL AS retired
      FROM placements p JOIN channels c ON c.id = p.channel_id LEFT JOIN placement_retirements r ON r.placement_id = p.id
      WHERE lower(p.code) = ANY(${values})`,
  );
  return decoded(counts, new Map(found.map((place) => [place.code, place])));
}
