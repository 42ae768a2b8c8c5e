// placements import: a list of places, as the console's import reads it. All or nothing: an operator has no preview to look at.
import { stat } from "node:fs/promises";
import type { OperatorActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { hasSentence, sentence } from "@/lib/messages";
import { linesOf, makePlaces } from "@/lib/placements/commands/import-places";
import { placeContext } from "@/lib/placements/queries/place-context";
import { readPlaceList } from "@/lib/placements/rules/place-list";
import { setupError } from "../setup-error.mjs";

/** @returns how many were made, or would be. @throws SetupError naming the first wrong lines */
export async function importPlaces(actor: OperatorActor, path: string, dry: boolean) {
  const { size } = await stat(path).catch(() => {
    throw setupError(`파일을 찾을 수 없습니다: ${path}`, `There is no file ${path}`);
  });
  const list = await refusalsAsWords(async () => {
    const lines = await linesOf({ path, bytes: size });
    const context = await read(actor, "placement:read", (tx) => placeContext(tx, new Date()));
    return readPlaceList(lines, { ...context, isKey: (key) => hasSentence(key, "ko") });
  });
  if (list.faults.length > 0) {
    const shown = list.faults.slice(0, 20);
    const say = (locale: "ko" | "en") =>
      shown.map(({ line, column, key, values }) => `${line} ${column}: ${sentence(key, locale, values)}`).join("\n");
    throw setupError(`틀린 줄이 있어 만들지 않았습니다.\n${say("ko")}`, `Nothing was made: wrong lines.\n${say("en")}`);
  }
  if (dry) return { made: 0, readable: list.rows.length };
  const made = await refusalsAsWords(() =>
    change(actor, "placement:create", (tx, record) => makePlaces(tx, record, actor, list.rows)),
  );
  return { made, readable: list.rows.length };
}

async function refusalsAsWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw setupError(sentence(error.key, "ko", error.values), sentence(error.key, "en", error.values));
  }
}
