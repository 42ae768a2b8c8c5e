import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { cursorOf, cutPage, pageLength, readCursor } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import { oldLinkSchema, type PresenceCheckRow, type PresenceHistory } from "../schema/presence";

/** Looks at one place's page, newest first, and when the next is due. Null: no such place of ours. */
export function getPresenceHistory(
  actor: Actor,
  placementId: string,
  cursors: { after: string; before: string },
): Promise<PresenceHistory | null> {
  return read(actor, "placement:read", async (tx) => {
    const placement = await tx.placement.findUnique({
      where: { id: placementId },
      select: { presence: true, lookedFor: { where: { doneAt: null }, select: { id: true } } },
    });
    if (!placement) return null;
    const back = cursors.after === "" ? readCursor(cursors.before) : null;
    const cursor = back ?? readCursor(cursors.after);
    const behind = !cursor
      ? Prisma.sql`true`
      : back
        ? Prisma.sql`(k.at, k.id) > (${cursor.at}, ${cursor.id}::uuid)`
        : Prisma.sql`(k.at, k.id) < (${cursor.at}, ${cursor.id}::uuid)`;
    const found = await tx.$queryRaw<PresenceCheckRow[]>`
      SELECT k.id, k.at, k.trigger, k.wanted, k.verdict, k.reason, k.page_url AS "pageUrl", k.final_url AS "finalUrl", k.status, k.snippet,
        k.body_sha256 AS "bodySha256", k.bytes, k.duration_ms AS "durationMs", k.old_links AS "oldLinks", w.name AS "personName"
      FROM presence_checks k LEFT JOIN persons w ON w.id = k.person_id
      WHERE k.organization_id = damso_organization() AND k.placement_id = ${placementId}::uuid AND ${behind}
      ORDER BY ${back ? Prisma.sql`k.at, k.id` : Prisma.sql`k.at DESC, k.id DESC`} LIMIT ${pageLength + 1}`;
    const rows = found.map((row) => ({ ...row, oldLinks: z.array(oldLinkSchema).parse(row.oldLinks) }));
    const page = cutPage(rows, { back: back !== null, cursor }, (row) => cursorOf(row.at, row.id));
    const { presence, lookedFor } = placement;
    return { ...page, nextDueAt: presence?.nextDueAt ?? null, asked: lookedFor.length > 0 };
  });
}
