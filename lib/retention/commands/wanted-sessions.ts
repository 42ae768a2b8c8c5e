import { loadKept, loadTerms } from "@/lib/archive/kept-rows";
import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { lawByKey } from "../rules/law-table";
import { reckonSession } from "../rules/reckon";
import type { PrepareDestruction } from "../schema/destruction";

const mostWanted = 5_000;

/**
 * Sessions that are to go before their day: all of the person's behind a data subject's request, or those named. What a law demands to keep
 * stays (개인정보 보호법 제21조 제1항 단서, 제36조 제1항 단서).
 * @throws NotFound; Refused beside its field, with the article where a law keeps all of them
 */
export async function wantedSessions(
  tx: Tx,
  given: PrepareDestruction,
  { now, today }: { now: Date; today: Day },
): Promise<{ ids: string[]; keptByLaw: number }> {
  const ids = given.dataRequestId ? await ofRequest(tx, given.dataRequestId) : await named(tx, given.sessionIds ?? "");
  if (ids.length === 0) throw new Refused("retention.destructions.refused.nothing");
  if (ids.length > mostWanted) throw new Refused("retention.destructions.refused.tooMany");
  const terms = await loadTerms(tx);
  const kept = await loadKept(tx, ids);
  const free: string[] = [];
  let article = "";
  for (const row of kept.values()) {
    const law = reckonSession(row, terms, now).words.find(
      ({ statutory, dueOn }) => statutory && (dueOn === null || dueOn >= today),
    );
    if (!law) free.push(row.id);
    const entry = law && lawByKey(law.term.basis);
    if (entry) article = `${entry.law} ${entry.article}`;
  }
  if (free.length === 0) throw new Refused("retention.destructions.refused.byLaw", undefined, { article });
  return { ids: free, keptByLaw: kept.size - free.length };
}

async function ofRequest(tx: Tx, id: string): Promise<string[]> {
  const request = await tx.dataRequest.findUnique({ where: { id } });
  if (!request) throw new NotFound();
  if (request.kind !== "deletion" || !request.channelId || !request.userHandle)
    throw new Refused("retention.destructions.refused.noSubject", "dataRequestId");
  const { channelId, userHandle } = request;
  const rows = await tx.consultSession.findMany({
    where: { channelId, userHandle },
    select: { id: true },
    take: mostWanted + 1,
  });
  return rows.map((row) => row.id);
}

async function named(tx: Tx, text: string): Promise<string[]> {
  const names = [...new Set(text.split(/[\s,]+/).filter(Boolean))];
  if (names.length > mostWanted) throw new Refused("retention.destructions.refused.tooMany", "sessionIds");
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT s.id, n.name FROM unnest(${names}::text[]) AS n (name)
      JOIN consult_sessions s ON s.organization_id = damso_organization() AND (s.id::text = n.name OR s.external_id = n.name)`;
  const found = new Set(rows.map(({ name }) => name));
  const missing = names.find((name) => !found.has(name));
  if (missing) throw new Refused("retention.destructions.refused.noSession", "sessionIds", { name: missing });
  return [...new Set(rows.map(({ id }) => id))];
}
