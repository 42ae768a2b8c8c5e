import { randomBytes, randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change, ingest, read } from "@/lib/auth/door";
import { CsvRefused } from "@/lib/csv-reader";
import type { Tx } from "@/lib/db/client";
import { organizationIds } from "@/lib/db/crossings";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { FileRefused } from "@/lib/file-refusal";
import { hasSentence } from "@/lib/messages";
import { readSheetFile } from "@/lib/sheet-reader";
import { receiveUpload } from "@/lib/upload";
import { placeContext } from "../queries/place-context";
import { suggestCode } from "../rules";
import { mostPlaceRows, type PlaceList, type PlaceRow, placeListSchema, readPlaceList } from "../rules/place-list";

/** 2 MB: a thousand places with long addresses. */
export const mostPlaceListBytes = 2 * 2 ** 20;
/** How long a list waits for its taking. */
export const placeListPatienceMs = 3_600_000;

const isSentence = (key: string) => hasSentence(key, "ko");

/**
 * Reads an uploaded list (CSV or .xlsx) and keeps what it says for its preview; nothing is made yet. The file itself is not kept.
 * @param patience see receiveUpload
 * @returns the id of the preview
 * @throws Forbidden, UploadRefused, Refused when it is no list
 */
export async function receivePlaceList(actor: Actor, request: Request, patience: number): Promise<string> {
  const { file } = await receiveUpload(request, {
    most: mostPlaceListBytes,
    patience,
    begin: () => read(actor, "placement:create", async () => undefined),
  });
  const { draft } = file;
  try {
    const lines = await linesOf({ path: draft.path, bytes: draft.bytes });
    return await change(actor, "placement:create", async (tx, record) => {
      const now = new Date();
      const { personId } = personOf(actor);
      const list = readPlaceList(lines, { ...(await placeContext(tx, now)), isKey: isSentence });
      await noteTaken(tx, list);
      await tx.placementImport.deleteMany({ where: { personId } });
      const { id } = await tx.placementImport.create({
        data: { organizationId: actor.organizationId, personId, at: now, list, sha256: draft.sha256 },
        select: { id: true },
      });
      await record({
        action: "placement.list-read",
        target: { kind: "placement-import", id },
        body: { rows: list.rows.length, faults: list.faults.length, sha256: draft.sha256 },
      });
      return id;
    });
  } finally {
    await draft.discard();
  }
}

/** Lines of a list on disk. @throws Refused beside `file` when it is none */
export async function linesOf(source: { path: string; bytes: number }) {
  try {
    if (source.bytes < 2) throw new CsvRefused("malformed");
    return await readSheetFile(source, mostPlaceRows + 1);
  } catch (error) {
    const values = { line: error instanceof CsvRefused ? error.line : 0, most: mostPlaceRows };
    if (error instanceof CsvRefused) throw new Refused(`placements.import.${error.code}`, "file", values);
    if (error instanceof FileRefused) throw new Refused("placements.import.damaged", "file", values);
    throw error;
  }
}

/** A code that this company had before is a fault of its line; another company's is noticed when the list is taken. */
async function noteTaken(tx: Tx, list: PlaceList): Promise<void> {
  const codes = list.rows.flatMap(({ code }) => (code === null ? [] : [code]));
  const taken = new Set((await tx.placement.findMany({ where: { code: { in: codes } } })).map(({ code }) => code));
  for (const { line, code } of list.rows.filter((row) => row.code !== null && taken.has(row.code)))
    list.faults.push({ line, column: "code", key: "placements.codeTaken", value: code ?? "" });
  list.rows = list.rows.filter(({ code }) => code === null || !taken.has(code));
  list.faults.sort((one, other) => one.line - other.line);
}

/**
 * Makes every place of a preview at once, one entry each. @returns how many
 * @throws NotFound when it was taken or discarded before, or is older than an hour; Conflict when a channel ended or an owner left
 * meanwhile; Refused when a code has been taken meanwhile
 */
export function takePlaceImport(actor: Actor, { importId }: { importId: string }): Promise<number> {
  return change(actor, "placement:create", async (tx, record) => {
    const { rows } = await heldPlaceImport(tx, importId, new Date());
    if (rows.length === 0) throw new Refused("placements.import.nothing");
    await end(tx, importId);
    return makePlaces(tx, record, actor, rows);
  });
}

type Recorder = Parameters<Parameters<typeof change>[2]>[1];

/** @throws Conflict, Refused */
export async function makePlaces(tx: Tx, record: Recorder, actor: Actor, rows: readonly PlaceRow[]): Promise<number> {
  const { channels, owners } = await placeContext(tx, new Date());
  const self = actor.kind === "person" ? actor.personId : owners[0]?.id;
  const made = rows.map((row) => ({
    ...row,
    id: randomUUID(),
    code: row.code ?? suggestCode(row.medium, randomBytes(32)),
    ownerId: row.ownerId ?? self,
  }));
  const open = new Set(channels.map(({ id }) => id));
  const members = new Set(owners.map(({ id }) => id));
  if (!made.every((row) => open.has(row.channelId) && row.ownerId && members.has(row.ownerId))) throw new Conflict();
  const written = await tx.$queryRaw<{ code: string }[]>`
    INSERT INTO placements (id, organization_id, channel_id, code, name, medium, site, location, page_url, campaign, tags, starts_on, ends_on,
      mode, bot, event, owner_id)
    SELECT id, ${actor.organizationId}::uuid, "channelId", code, name, medium, site, location, "pageUrl", campaign, tags, "startsOn", "endsOn",
      mode, bot, event, "ownerId"
    FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb) AS r (id uuid, "channelId" uuid, code text, name text, medium text, site text,
      location text, "pageUrl" text, campaign text, tags text[], "startsOn" date, "endsOn" date, mode text, bot text, event text, "ownerId" uuid)
    ON CONFLICT (code) DO NOTHING RETURNING code`;
  const done = new Set(written.map(({ code }) => code));
  const taken = made.filter(({ code }) => !done.has(code));
  if (taken.length > 0)
    throw new Refused("placements.import.codesTaken", undefined, {
      codes: taken
        .slice(0, 5)
        .map(({ code }) => code)
        .join(", "),
      count: taken.length,
    });
  for (const { id, code, channelId, medium, mode } of made)
    await record({
      action: "placement.created",
      target: { kind: "placement", id },
      body: { code, channelId, medium, mode },
    });
  return made.length;
}

/** Throws the previewed list away. @throws NotFound */
export async function discardPlaceImport(actor: Actor, { importId }: { importId: string }): Promise<void> {
  await change(actor, "placement:create", async (tx, record) => {
    await heldPlaceImport(tx, importId, new Date());
    await end(tx, importId);
    await record({ action: "placement.list-discarded", target: { kind: "placement-import", id: importId } });
  });
}

/** Of two who take or discard a preview at once, the second finds it gone. @throws NotFound */
async function end(tx: Tx, importId: string): Promise<void> {
  const { count } = await tx.placementImport.deleteMany({ where: { id: importId } });
  if (count === 0) throw new NotFound();
}

/** A preview of the last hour: whoever may make places may take it. @throws NotFound */
export async function heldPlaceImport(tx: Tx, importId: string, now: Date): Promise<PlaceList & { at: Date }> {
  const kept = await tx.placementImport.findFirst({
    where: { id: importId, at: { gte: new Date(now.getTime() - placeListPatienceMs) } },
  });
  if (!kept) throw new NotFound();
  return { ...placeListSchema.parse(kept.list), at: kept.at };
}

/** Throws away what nobody took within the hour. Safe twice at once. */
export async function sweepPlaceImports(now: Date): Promise<void> {
  const before = new Date(now.getTime() - placeListPatienceMs);
  for (const organizationId of await organizationIds()) {
    await ingest({ kind: "job", name: "sweep-place-lists", organizationId }, "job:run", (tx) =>
      tx.placementImport.deleteMany({ where: { at: { lt: before } } }),
    );
  }
}
