// The drill's own test: what is taken away behind the product's back must turn its verdicts red.
import type pg from "pg";
import type { Round } from "./destroy-faults";
import { asOwner, beginRun, prepareGround, untilOver } from "./destroy-ground";
import { standing } from "./destroy-instance";
import { judgeRun, type Verdict } from "./destroy-verdicts";

/** A sound run first, then the loss of a held consultation, of a line of the ledger and of a tombstone. */
export async function planted(): Promise<Round> {
  await standing(1);
  const ground = await prepareGround(300);
  await beginRun(ground);
  await untilOver(ground.runId);
  const sound = await judgeRun(ground);
  const [held] = ground.held;
  const faults: [string, string, string, string | undefined][] = [
    ["a held consultation that is gone", "I6 held and gone", "DELETE FROM consult_sessions WHERE id = $1", held],
    [
      "a line of the ledger that is gone",
      "ledger entries",
      "DELETE FROM ledger_entries WHERE destruction_id = $1",
      ground.runId,
    ],
    [
      "a tombstone that is gone",
      "certificates and tombstones",
      "DELETE FROM tombstones WHERE session_id = $1",
      ground.due[0],
    ],
  ];
  const verdicts: Verdict[] = [];
  for (const [name, verdict, sql, value] of faults) {
    await behind((owner) => owner.query(sql, [value]));
    const broken = (await judgeRun(ground)).filter(([, wrong]) => wrong !== 0).map(([what]) => what);
    verdicts.push([`${name}: not seen`, broken.some((what) => what.startsWith(verdict)) ? 0 : 1]);
  }
  return { name: "the drill itself", verdicts: [...sound, ...verdicts], figures: { planted: faults.length } };
}

/** As nobody but the owner of the database can, without its guards. */
const behind = (work: (owner: pg.Client) => Promise<unknown>) =>
  asOwner(async (owner) => {
    await owner.query("SET session_replication_role = replica");
    await work(owner);
  });
