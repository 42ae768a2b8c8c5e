import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { cutPage, pageLength, placeCursor, readPlace } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import { searchable } from "../rules/search-text";
import type { MessageType } from "../schema/content";
import type { ListedTemplate, TemplateChoices, TemplateFilters, TemplatePage } from "../schema/list";

/** Where a page begins: instant or name, and id of a row. */
const byTimeSchema = z.tuple([z.iso.datetime(), z.uuid()]);
const byNameSchema = z.tuple([z.string().max(80), z.uuid()]);
/** What was never used stands behind everything that was. */
const never = new Date(0);

const sources = Prisma.sql`templates t JOIN template_states s ON s.template_id = t.id
  LEFT JOIN channels c ON c.id = t.channel_id LEFT JOIN persons w ON w.id = t.owner_id
  LEFT JOIN LATERAL (SELECT e.at FROM template_uses e WHERE e.organization_id = t.organization_id AND e.template_id = t.id ORDER BY e.at DESC LIMIT 1) u ON true
  LEFT JOIN LATERAL (SELECT p.name FROM template_steps e JOIN persons p ON p.id = e.person_id
    WHERE e.organization_id = t.organization_id AND e.template_id = t.id AND e.kind = 'approved' ORDER BY e.at DESC LIMIT 1) a ON true`;

const orders = {
  "": { key: Prisma.sql`t.changed_at`, ascending: false },
  used: { key: Prisma.sql`coalesce(u.at, ${never}::timestamptz)`, ascending: false },
  name: { key: Prisma.sql`t.name`, ascending: true },
} as const;

/** A page of the library, last changed first unless said otherwise, with how many there are of each type. */
export function listTemplates(actor: Actor, filters: TemplateFilters): Promise<TemplatePage> {
  return read(actor, "template:read", async (tx) => {
    const byName = filters.sort === "name";
    const { key, ascending: forward } = orders[filters.sort];
    const cursor = readPlace(filters.after || filters.before, byName ? byNameSchema : byTimeSchema);
    const back = filters.after === "" && cursor !== null;
    const ascending = forward !== back;
    const place = byName
      ? Prisma.sql`(${cursor?.[0]}::text, ${cursor?.[1]}::uuid)`
      : Prisma.sql`(${cursor?.[0]}::timestamptz, ${cursor?.[1]}::uuid)`;
    const narrowed = conditions(filters);
    const ofType = filters.type === "" ? [] : [Prisma.sql`t.type = ${filters.type}`];
    const behind = cursor
      ? [ascending ? Prisma.sql`(${key}, t.id) > ${place}` : Prisma.sql`(${key}, t.id) < ${place}`]
      : [];
    const found = await tx.$queryRaw<ListedTemplate[]>`
      SELECT t.id, t.name, t.type, t.tags, c.name AS "channelName", coalesce(w.name, '') AS "ownerName", t.changed_at AS "changedAt",
        s.state, s.version, s.in_use AS "inUse", u.at AS "usedAt", a.name AS "approverName"
      FROM ${sources} WHERE ${Prisma.join([...narrowed, ...ofType, ...behind], " AND ")}
      ORDER BY ${ascending ? Prisma.sql`${key}, t.id` : Prisma.sql`${key} DESC, t.id DESC`} LIMIT ${pageLength + 1}`;
    const counted = await tx.$queryRaw<{ type: MessageType; n: number }[]>`
      SELECT t.type, count(*)::int AS n FROM templates t JOIN template_states s ON s.template_id = t.id
      WHERE ${Prisma.join(narrowed, " AND ")} GROUP BY t.type`;
    const page = cutPage(found, { back, cursor }, (row) =>
      placeCursor([
        byName ? row.name : (filters.sort === "used" ? (row.usedAt ?? never) : row.changedAt).toISOString(),
        row.id,
      ]),
    );
    return { ...page, counts: Object.fromEntries(counted.map(({ type, n }) => [type, n])) };
  });
}

/** What the library may be narrowed to. */
export function listTemplateChoices(actor: Actor): Promise<TemplateChoices> {
  return read(actor, "template:read", async (tx) => {
    const channels = await tx.channel.findMany({
      select: { id: true, name: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    const owners = await tx.$queryRaw<TemplateChoices["owners"]>`
      SELECT w.id, w.name FROM memberships m JOIN persons w ON w.id = m.person_id
      WHERE m.organization_id = damso_organization() AND (m.disabled_at IS NULL OR EXISTS (SELECT FROM templates t WHERE t.owner_id = w.id))
      ORDER BY w.name, w.id`;
    const tags = await tx.$queryRaw<{ tag: string }[]>`
      SELECT DISTINCT unnest(t.tags) AS tag FROM templates t JOIN template_states s ON s.template_id = t.id
      WHERE s.state <> 'archived' ORDER BY 1 LIMIT 200`;
    return { channels, owners, tags: tags.map(({ tag }) => tag) };
  });
}

/** What a list is narrowed to besides the type, over templates t and template_states s. */
function conditions(filters: TemplateFilters): Prisma.Sql[] {
  const list = [filters.state === "" ? Prisma.sql`s.state <> 'archived'` : Prisma.sql`s.state = ${filters.state}`];
  if (filters.q !== "") {
    const pattern = `%${searchable(filters.q).replace(/[\\%_]/g, "\\$&")}%`;
    list.push(Prisma.sql`t.search LIKE ${pattern}`);
  }
  if (filters.channel !== "") list.push(Prisma.sql`(t.channel_id = ${filters.channel}::uuid OR t.channel_id IS NULL)`);
  if (filters.owner !== "") list.push(Prisma.sql`t.owner_id = ${filters.owner}::uuid`);
  if (filters.tag !== "") list.push(Prisma.sql`t.tags @> ARRAY[${filters.tag}]`);
  return list;
}
