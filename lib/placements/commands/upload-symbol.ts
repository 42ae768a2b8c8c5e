import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { type ReceivedFile, receiveFile, writeFileRow } from "@/lib/evidence";
import { pngShape } from "@/lib/image-shape";
import { fileStore } from "@/lib/storage";
import { symbolsOf } from "../queries/list-symbols";
import { assertPngSymbol, assertSymbolShape, currentSymbols, mostSymbolBytes } from "../rules/consult-symbol";
import { type SymbolKind, uploadSymbolSchema } from "../schema/button-kit";

export type UploadedSymbol = {
  symbolId: string;
  kind: SymbolKind;
  sha256: string;
  /** Buttons show this very file already: nothing was added. */
  repeated: boolean;
};

/**
 * Takes Kakao's own artwork as the company got it (field-facts 2.3: we have none and draw none). Kept byte by byte, served to everybody.
 * @param patience see receiveUpload
 * @throws Forbidden, Refused, UploadRefused, FileRefused
 */
export function uploadSymbol(actor: Actor, request: Request, patience: number): Promise<UploadedSymbol> {
  const kindOf = (fields: Readonly<Record<string, string>>) => {
    const parsed = uploadSymbolSchema.safeParse({ kind: fields.kind });
    if (!parsed.success) throw new Refused("placements.symbol.refused.kind", "kind");
    return parsed.data.kind;
  };
  return receiveFile<UploadedSymbol>(
    request,
    {
      ...{ most: mostSymbolBytes, patience, families: ["image"] },
      begin: async (fields) => {
        kindOf(fields);
        await read(actor, "symbol:upload", async () => undefined);
      },
      instead: (file, fields) => sameSymbol(actor, kindOf(fields), file),
    },
    (file, fields) => writeSymbol(actor, kindOf(fields), file),
  );
}

async function sameSymbol(actor: Actor, kind: SymbolKind, file: ReceivedFile): Promise<UploadedSymbol | null> {
  assertPngSymbol(file.mime);
  const shown = await read(actor, "symbol:upload", async (tx) => currentSymbols(await symbolsOf(tx))[kind]);
  if (shown?.sha256 !== file.sha256) return null;
  return { symbolId: shown.id, kind, sha256: file.sha256, repeated: true };
}

async function writeSymbol(actor: Actor, kind: SymbolKind, file: ReceivedFile): Promise<UploadedSymbol> {
  const picture = pngShape(await wholeOf(file.fileId));
  assertSymbolShape(kind, picture);
  const { width, height } = picture;
  const { fileId, sha256, bytes } = file;
  const symbolId = randomUUID();
  await change(actor, "symbol:upload", async (tx, record) => {
    const person = personOf(actor);
    const { organizationId, personId } = person;
    // Two uploads at once number one after the other.
    await tx.$queryRaw`SELECT 1 FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
    const last = await tx.consultSymbol.aggregate({ where: { kind }, _max: { number: true } });
    const number = (last._max.number ?? 0) + 1;
    await writeFileRow(tx, person, file, null);
    await tx.consultSymbol.create({
      data: { id: symbolId, organizationId, kind, number, fileId, sha256, bytes, width, height, personId },
    });
    await record({
      action: "symbol.uploaded",
      target: { kind: "symbol", id: symbolId },
      body: { kind, number, file: fileId, sha256, bytes, width, height },
    });
  });
  return { symbolId, kind, sha256, repeated: false };
}

async function wholeOf(fileId: string): Promise<Buffer> {
  const kept = await fileStore().read(fileId);
  const parts: Uint8Array[] = [];
  for await (const part of kept?.stream ?? []) parts.push(part);
  return Buffer.concat(parts);
}
