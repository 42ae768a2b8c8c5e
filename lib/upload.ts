// One file and a few fields, streamed out of a multipart request: never whole in memory, never left half on disk.
import { Busboy, type BusboyFileStream } from "@fastify/busboy";
import { type Draft, FileTooLarge, fileStore, StorageFull } from "@/lib/storage";

const statuses = { "too-large": 413, "not-multipart": 415, malformed: 400, "no-file": 400, "no-room": 507 } as const;
export type UploadRefusal = keyof typeof statuses;

/** The request was no upload that can be taken; nothing of it is left. */
export class UploadRefused extends Error {
  override readonly name = "UploadRefused";
  readonly status: number;
  constructor(readonly code: UploadRefusal) {
    super(code);
    this.status = statuses[code];
  }
}

export type Upload = {
  fields: Readonly<Record<string, string>>;
  /** `name` and `declared` as sent; the draft is the caller's to keep or to discard. */
  file: { name: string; declared: string; draft: Draft };
};

export type UploadOptions = {
  /** Bytes the file may have. */
  most: number;
  /** Asked with the fields before the first byte of the file is stored; what it throws ends the upload. */
  begin: (fields: Readonly<Record<string, string>>) => Promise<void>;
  /** Where the fields say that fewer bytes are taken. Asked after `begin`. */
  mostFor?: (fields: Readonly<Record<string, string>>) => number;
  /** Bytes read and dropped after a refusal, for browsers, which read no answer before they have sent everything. */
  patience: number;
};

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Fields and part heads beside the file. */
const envelope = 65_536;
/** What may stand before the file. */
const mostHead = 4 * envelope;

/**
 * Reads one upload. Fields stand before the file; what follows it is not looked at.
 * @throws UploadRefused, and what `begin` throws
 */
export async function receiveUpload(request: Request, options: UploadOptions): Promise<Upload> {
  const type = request.headers.get("content-type") ?? "";
  const boundary = /^multipart\/form-data\s*;.*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type);
  if (!request.body || !boundary) throw new UploadRefused("not-multipart");
  const reader = request.body.getReader();
  try {
    const length = contentLength(request);
    if (length !== null && length > options.most + envelope) throw new UploadRefused("too-large");
    return await parse(reader, type, lastByte(length, boundary[1] ?? boundary[2] ?? ""), options);
  } catch (error) {
    await dropRest(reader, options.patience);
    if (error instanceof FileTooLarge) throw new UploadRefused("too-large");
    if (error instanceof StorageFull) throw new UploadRefused("no-room");
    throw error;
  }
}

function contentLength(request: Request): number | null {
  const sent = request.headers.get("content-length");
  return sent !== null && /^\d{1,15}$/.test(sent) ? Number(sent) : null;
}

/** From the head of a body to the size its last part must have: the file is refused before it is read. */
type Foresight = (head: Buffer) => number;

function lastByte(length: number | null, boundary: string): Foresight {
  return (head) => {
    if (length === null) return 0;
    const delimiter = `--${boundary}`;
    for (let at = head.indexOf(delimiter); at !== -1; at = head.indexOf(delimiter, at + 1)) {
      const end = head.indexOf("\r\n\r\n", at);
      if (end === -1) return 0;
      // What ends the body: line end, delimiter, two dashes, line end.
      if (/filename\*?=/i.test(head.toString("latin1", at, end))) return length - (end + 4) - (delimiter.length + 6);
    }
    return 0;
  };
}

async function parse(reader: Reader, type: string, foresee: Foresight, options: UploadOptions): Promise<Upload> {
  const fields: Record<string, string> = Object.create(null);
  let head: Buffer | null = Buffer.alloc(0);
  let stream: BusboyFileStream | null = null;
  let file: { name: string; declared: string } | null = null;
  let receiving: Promise<Draft> | null = null;
  let fail: (reason: unknown) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);
  const malformed = () => fail(new UploadRefused("malformed"));

  const parser = Busboy({
    headers: { "content-type": type },
    preservePath: true,
    isPartAFile: (_field, _type, name) => name !== undefined,
    limits: {
      fieldNameSize: 100,
      fieldSize: 16_384,
      fields: 20,
      files: 1,
      parts: 21,
      headerPairs: 20,
      headerSize: 8_192,
    },
  });
  for (const event of ["error", "filesLimit", "fieldsLimit", "partsLimit"] as const) parser.on(event, malformed);
  parser.on("field", (name, value, _nameCut, valueCut) => {
    if (valueCut) malformed();
    else if (file === null) fields[name] = value;
  });
  parser.on("file", (_field, incoming, name, _encoding, declared) => {
    stream = incoming;
    stream.on("error", malformed);
    file = { name: name ?? "", declared };
    const expected = foresee(head ?? Buffer.alloc(0));
    head = null;
    receiving = (async () => {
      await options.begin(fields);
      const most = Math.min(options.most, options.mostFor?.(fields) ?? options.most);
      if (expected > most) throw new FileTooLarge();
      return fileStore().receive(incoming, most, expected);
    })();
    receiving.catch(fail);
  });

  try {
    const work = pump(reader, (chunk) => {
      if (head) head = Buffer.concat([head, chunk.subarray(0, mostHead - head.length)]);
      const written = new Promise<void>((resolve) => parser.write(chunk, () => resolve()));
      if (head && head.length >= mostHead) throw new UploadRefused("malformed");
      return written;
    });
    await Promise.race([work, failed]);
    const finished = new Promise((resolve) => parser.once("finish", resolve));
    parser.end();
    await Promise.race([finished, failed]);
    const draft = await (receiving as Promise<Draft> | null);
    const sent = file as { name: string; declared: string } | null;
    if (draft === null || sent === null) throw new UploadRefused("no-file");
    if (draft.bytes === 0 && sent.name === "") {
      await draft.discard();
      throw new UploadRefused("no-file");
    }
    return { fields, file: { ...sent, draft } };
  } catch (error) {
    (stream as BusboyFileStream | null)?.destroy(new Error("upload ended"));
    // Whatever it was doing, it has cleaned up after itself before the refusal is answered.
    const [outcome] = await Promise.allSettled([receiving as Promise<Draft> | null]);
    if (outcome?.status === "fulfilled") await outcome.value?.discard();
    // A store that stopped taking makes the parser stumble: the store's reason is the true one.
    else if (outcome?.reason instanceof FileTooLarge || outcome?.reason instanceof StorageFull) throw outcome.reason;
    throw error;
  }
}

async function pump(reader: Reader, write: (chunk: Uint8Array) => Promise<void>): Promise<void> {
  for (;;) {
    const { value, done } = await next(reader);
    if (done) return;
    await write(value);
  }
}

/** A body that breaks off is malformed, whatever the connection died of. */
async function next(reader: Reader): ReturnType<Reader["read"]> {
  try {
    return await reader.read();
  } catch {
    throw new UploadRefused("malformed");
  }
}

async function dropRest(reader: Reader, patience: number): Promise<void> {
  let dropped = 0;
  try {
    for (let done = false; !done && dropped < patience; ) {
      const chunk = await reader.read();
      done = chunk.done;
      dropped += chunk.value?.length ?? 0;
    }
    // Not waited for: where Next has split the body in two, it would end only with the sender.
    reader.cancel().catch(() => undefined);
  } catch {
    // The sender is gone: there is nobody left to be polite to.
    return;
  }
}
