import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { SetClause } from "../schema/contract";
import { assertVersion, lockContract, saveVersion } from "./contract-lock";

/**
 * Keeps how the clauses of a consignment contract were judged (법 제26조 제1항, 시행령 제28조 제1항): its next version. A clause that is not in `clauses` stays
 * as it was: a judgement is changed, never taken back.
 * @throws NotFound, Conflict when `version` is stale, Refused when nothing changed
 */
export async function setClauses(
  actor: Actor,
  { contractId, version, clauses }: { contractId: string; version: number; clauses: readonly SetClause[] },
): Promise<void> {
  await change(actor, "contract:edit", async (tx, record) => {
    const contract = await lockContract(tx, contractId);
    assertVersion(contract, version);
    const person = personOf(actor);
    await tx.$executeRaw`
      INSERT INTO contract_clauses (organization_id, contract_id, clause, place, page, verdict, note)
      SELECT ${person.organizationId}::uuid, ${contractId}::uuid, clause, place, page, verdict, note
      FROM jsonb_to_recordset(${JSON.stringify(clauses)}::jsonb) AS judged (clause text, place text, page text, verdict text, note text)
      ON CONFLICT (contract_id, clause) DO UPDATE
        SET place = excluded.place, page = excluded.page, verdict = excluded.verdict, note = excluded.note`;
    const saved = await saveVersion(tx, person, contract);
    await record({ action: "contract.clauses-set", target: { kind: "contract", id: contractId }, body: saved });
  });
}
