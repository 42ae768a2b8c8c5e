// Take-down campaigns: the list, one of them, and its places.
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { cutPage, pageLength, placeCursor, readPlace } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import type {
  TakeDownDetail,
  TakeDownPage,
  TakeDownRow,
  TakeDownStep,
  TaskFilters,
  TaskPage,
  TaskRow,
} from "../schema/take-down";

const byTime = z.tuple([z.iso.datetime(), z.uuid()]);
const byGroup = z.tuple([z.string().max(10), z.uuid(), z.uuid()]);

const campaignColumns = Prisma.sql`d.id, d.cause, d.channel_id AS "channelId", c.name AS "channelName", d.effective_on::text AS "effectiveOn", d.note, d.at,
  w.name AS "byName", n.total, n.closed, f.at AS "completedAt", o.kind AS over`;
const campaigns = Prisma.sql`take_downs d LEFT JOIN channels c ON c.id = d.channel_id LEFT JOIN persons w ON w.id = d.person_id
  LEFT JOIN LATERAL (SELECT count(*)::int AS total, count(k.id)::int AS closed FROM take_down_tasks t
    LEFT JOIN take_down_closings k ON k.organization_id = t.organization_id AND k.task_id = t.id
    WHERE t.organization_id = d.organization_id AND t.take_down_id = d.id AND NOT EXISTS (SELECT FROM take_down_steps r
      WHERE r.organization_id = t.organization_id AND r.task_id = t.id AND r.kind = 'reinstated')) n ON true
  LEFT JOIN take_down_steps f ON f.organization_id = d.organization_id AND f.take_down_id = d.id AND f.kind = 'completed'
  LEFT JOIN take_down_steps o ON o.organization_id = d.organization_id AND o.take_down_id = d.id AND o.kind IN ('withdrawn', 'reinstated')
    AND o.task_id IS NULL`;

/** A page of campaigns, newest first. */
export function listTakeDowns(actor: Actor, at: { after: string; before: string }): Promise<TakeDownPage> {
  return read(actor, "placement:read", async (tx) => {
    const cursor = readPlace(at.after || at.before, byTime);
    const back = at.after === "" && cursor !== null;
    const place = Prisma.sql`(${cursor?.[0]}::timestamptz, ${cursor?.[1]}::uuid)`;
    const behind = cursor
      ? back
        ? Prisma.sql`(d.at, d.id) > ${place}`
        : Prisma.sql`(d.at, d.id) < ${place}`
      : Prisma.sql`true`;
    const order = back ? Prisma.sql`d.at, d.id` : Prisma.sql`d.at DESC, d.id DESC`;
    const found = await tx.$queryRaw<TakeDownRow[]>`
      SELECT ${campaignColumns} FROM ${campaigns} WHERE d.organization_id = damso_organization() AND ${behind} ORDER BY ${order} LIMIT ${pageLength + 1}`;
    return cutPage(found, { back, cursor }, (row) => placeCursor([row.at.toISOString(), row.id]));
  });
}

/** One campaign with what happened to it, or null. */
export function getTakeDown(actor: Actor, id: string, now: Date): Promise<TakeDownDetail | null> {
  return read(actor, "placement:read", async (tx) => {
    const row = z.uuid().safeParse(id).success ? await takeDownRow(tx, id) : null;
    if (!row) return null;
    const progress = await tx.$queryRaw<TakeDownDetail["progress"]>`
      SELECT t.kind, count(*)::int AS total, count(k.id)::int AS closed FROM take_down_tasks t LEFT JOIN take_down_closings k ON k.task_id = t.id
      WHERE t.take_down_id = ${id}::uuid AND NOT EXISTS (SELECT FROM take_down_steps r WHERE r.task_id = t.id AND r.kind = 'reinstated')
      GROUP BY t.kind ORDER BY t.kind DESC`;
    const owners = await tx.$queryRaw<TakeDownDetail["owners"]>`
      SELECT DISTINCT w.id, w.name FROM take_down_tasks t JOIN persons w ON w.id = t.owner_id WHERE t.take_down_id = ${id}::uuid ORDER BY w.name, w.id`;
    const toldToday = await tx.takeDownReminder.count({
      where: { takeDownId: id, day: new Date(`${kstDay(now)}T00:00:00Z`) },
    });
    return { ...row, steps: await stepsOf(tx, id), progress, owners, toldToday };
  });
}

export async function takeDownRow(tx: Tx, id: string): Promise<TakeDownRow | null> {
  const [row] = await tx.$queryRaw<TakeDownRow[]>`
    SELECT ${campaignColumns} FROM ${campaigns} WHERE d.organization_id = damso_organization() AND d.id = ${id}::uuid`;
  return row ?? null;
}

export function stepsOf(tx: Tx, id: string): Promise<TakeDownStep[]> {
  return tx.$queryRaw<TakeDownStep[]>`
    SELECT s.id, s.kind, s.note, s.effective_on::text AS "effectiveOn", s.at, w.name AS "byName", p.name AS "placeName", s.file_id AS "fileId", f.sha256
    FROM take_down_steps s LEFT JOIN persons w ON w.id = s.person_id LEFT JOIN take_down_tasks t ON t.id = s.task_id
    LEFT JOIN placements p ON p.id = t.placement_id LEFT JOIN evidence_files f ON f.id = s.file_id
    WHERE s.organization_id = damso_organization() AND s.take_down_id = ${id}::uuid ORDER BY s.at, s.id LIMIT 1000`;
}

const taskColumns = Prisma.sql`t.id, t.kind, t.owner_id AS "ownerId", w.name AS "ownerName", t.due_on::text AS "dueOn", p.id AS "placementId", p.name, p.code,
  p.medium, p.site, p.location, p.page_url AS "pageUrl", k.how, k.reason, k.at AS "closedAt", b.name AS "closedBy", k.file_id AS "fileId", f.sha256,
  r.at AS "reinstatedAt", l.at AS "checkAt", l.verdict, l.reason AS "checkReason", coalesce(n.runs, '[]') AS runs`;
const tasks = Prisma.sql`take_down_tasks t JOIN take_downs d ON d.id = t.take_down_id JOIN placements p ON p.id = t.placement_id
  LEFT JOIN persons w ON w.id = t.owner_id LEFT JOIN take_down_closings k ON k.organization_id = t.organization_id AND k.task_id = t.id
  LEFT JOIN persons b ON b.id = k.person_id LEFT JOIN evidence_files f ON f.id = k.file_id
  LEFT JOIN take_down_steps r ON r.organization_id = t.organization_id AND r.task_id = t.id AND r.kind = 'reinstated'
  LEFT JOIN LATERAL (SELECT at, verdict, reason FROM presence_checks x WHERE x.organization_id = t.organization_id AND x.placement_id = t.placement_id
    AND x.wanted = 'absent' AND x.at >= (d.effective_on + 1)::timestamp AT TIME ZONE 'Asia/Seoul' ORDER BY x.at DESC, x.id DESC LIMIT 1) l ON true
  LEFT JOIN LATERAL (SELECT json_agg(json_build_object('id', u.id, 'number', u.number, 'copies', u.copies, 'fileId', v.file_id, 'sha256', e.sha256)
      ORDER BY u.number) AS runs
    FROM print_runs u LEFT JOIN take_down_run_proofs v ON v.organization_id = t.organization_id AND v.task_id = t.id AND v.run_id = u.id
    LEFT JOIN evidence_files e ON e.id = v.file_id WHERE u.organization_id = t.organization_id AND u.placement_id = t.placement_id) n ON true`;

/** A page of a campaign's places, by kind and owner. */
export function listTasks(actor: Actor, id: string, filters: TaskFilters): Promise<TaskPage> {
  return read(actor, "placement:read", async (tx) => {
    const cursor = readPlace(filters.after || filters.before, byGroup);
    const back = filters.after === "" && cursor !== null;
    const where = [Prisma.sql`t.organization_id = damso_organization() AND t.take_down_id = ${id}::uuid`];
    if (filters.kind !== "") where.push(Prisma.sql`t.kind = ${filters.kind}`);
    if (filters.owner !== "") where.push(Prisma.sql`t.owner_id = ${filters.owner}::uuid`);
    if (filters.state !== "")
      where.push(filters.state === "open" ? Prisma.sql`k.id IS NULL AND r.id IS NULL` : Prisma.sql`k.id IS NOT NULL`);
    if (cursor) {
      const place = Prisma.sql`(${cursor[0]}::text, ${cursor[1]}::uuid, ${cursor[2]}::uuid)`;
      where.push(
        back ? Prisma.sql`(t.kind, t.owner_id, t.id) < ${place}` : Prisma.sql`(t.kind, t.owner_id, t.id) > ${place}`,
      );
    }
    const order = back ? Prisma.sql`t.kind DESC, t.owner_id DESC, t.id DESC` : Prisma.sql`t.kind, t.owner_id, t.id`;
    const found = await tx.$queryRaw<TaskRow[]>`
      SELECT ${taskColumns} FROM ${tasks} WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${pageLength + 1}`;
    return cutPage(found, { back, cursor }, (row) => placeCursor([row.kind, row.ownerId, row.id]));
  });
}

/** Every place of a campaign, for its certificate. */
export function allTasks(tx: Tx, id: string): Promise<TaskRow[]> {
  return tx.$queryRaw<TaskRow[]>`
    SELECT ${taskColumns} FROM ${tasks} WHERE t.organization_id = damso_organization() AND t.take_down_id = ${id}::uuid ORDER BY t.kind, p.code`;
}

/** One place of a campaign with what it waits for, or null. */
export function getTask(actor: Actor, takeDownId: string, taskId: string): Promise<TaskRow | null> {
  return read(actor, "placement:read", async (tx) => {
    if (!z.uuid().safeParse(takeDownId).success || !z.uuid().safeParse(taskId).success) return null;
    const [row] = await tx.$queryRaw<TaskRow[]>`
      SELECT ${taskColumns} FROM ${tasks} WHERE t.organization_id = damso_organization() AND t.take_down_id = ${takeDownId}::uuid AND t.id = ${taskId}::uuid`;
    return row ?? null;
  });
}
