// The dealer stand-in over HTTP: the dealer's own paths, and /control for whoever plays the user. Listens on this machine alone.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Busboy } from "@fastify/busboy";
import { z } from "zod";
import { systemMessageKinds } from "@/lib/dealers/client/dialect";
import type { DeskRequest } from "@/lib/dealers/stand-in/speaking";
import { type Mood, StandIn, type StandInOptions } from "@/lib/dealers/stand-in/stand-in";

const mostBody = 2 ** 20;
const key = z.string().min(1).max(20);
const count = z.number().int().min(0).max(1_000);

type Control = (standIn: StandIn, given: unknown) => unknown;

/** What one may ask of it, besides the dealer's calls: to play the user, to let time pass, to be moody, to inspect. */
const controls: Readonly<Record<string, Control>> = {
  state: ({ desk, deliveries }) => ({ now: desk.now(), sent: desk.sent, lost: deliveries.lost.length }),
  press: ({ desk }, given) => {
    const { userKey, extra } = z
      .object({ userKey: key, extra: z.string().max(50).nullable().default(null) })
      .parse(given);
    desk.press(userKey, extra);
    return desk.room(userKey);
  },
  say: ({ desk }, given) => {
    const { userKey, text, type, url, extra } = sayingSchema.parse(given);
    const heard = desk.say(userKey, { text, type, ...(url ? { url } : {}), ...(extra ? { extra } : {}) });
    return { heard, room: desk.room(userKey) };
  },
  room: ({ desk }, given) => desk.room(z.object({ userKey: key }).parse(given).userKey),
  leave: ({ desk }, given) => ({ ended: desk.leave(z.object({ userKey: key }).parse(given).userKey) }),
  pass: ({ desk }, given) => {
    desk.pass(z.object({ days: z.number().min(0).max(8_000) }).parse(given).days * 86_400_000);
    return { now: desk.now() };
  },
  mood: (standIn, given) => standIn.setMood(moodSchema.parse(given) as Partial<Mood>),
  decide: ({ desk }, given) => {
    const { kind, state, comment } = decisionSchema.parse(given);
    return desk.decide(desk.options.senderKey, kind, state, comment);
  },
  settle: async ({ deliveries }) => {
    await deliveries.settled();
    return { lost: deliveries.lost.length };
  },
};

const sayingSchema = z.object({
  ...{ userKey: key, text: z.string().max(10_000).default(""), type: z.string().max(20).default("text") },
  ...{ url: z.url().optional(), extra: z.string().max(100).optional() },
});
const moodSchema = z
  .object({
    ...{ slowMs: z.number().int().min(0).max(60_000), failing: count, limited: count, silent: count },
    ...{ unordered: z.boolean(), repeated: z.boolean() },
  })
  .partial();
const decisionSchema = z.object({
  ...{ kind: z.enum(systemMessageKinds), state: z.enum(["approved", "rejected", "asked"]) },
  comment: z.string().max(500).default(""),
});

/** Serves a stand-in. @param port 0: any that is free @param host a name of this machine @returns the server, listening, and what it serves */
export async function serveStandIn(
  options: StandInOptions,
  port: number,
  host = "127.0.0.1",
): Promise<{ server: Server; standIn: StandIn; address: string }> {
  const standIn = new StandIn(options);
  return { ...(await serve((request, response) => handle(standIn, request, response), port, host)), standIn };
}

/** A server that answers what goes wrong like any other. @returns it, listening, and its address */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  port: number,
  host: string,
): Promise<{ server: Server; address: string }> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else if (error instanceof z.ZodError) send(response, 422, { error: z.prettifyError(error) });
      else send(response, 400, { error: "malformed" });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("The stand-in has no port");
  return { server, address: `http://${host}:${bound.port}` };
}

async function handle(standIn: StandIn, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://stand-in");
  const [, first, act = ""] = url.pathname.split("/");
  if (first !== "control") return answerCall(standIn, request, response, url);
  const given = request.method === "POST" ? await jsonOf(request) : {};
  await answerControl(standIn, response, act, given);
}

/** What is asked of the stand-in by whoever plays the user. */
export async function answerControl(
  standIn: StandIn,
  response: ServerResponse,
  act: string,
  given: unknown,
): Promise<void> {
  const found = Object.hasOwn(controls, act) ? controls[act] : undefined;
  if (found) send(response, 200, await found(standIn, given));
  else send(response, 404, { error: "no such control" });
}

/** A call of the dealer's API. @param url its path as the dealer documents it */
export async function answerCall(
  standIn: StandIn,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const answered = await standIn.answer(await readCall(request, url));
  if (!answered) send(response, 404, { error: "no such call" });
  else if (answered.answered)
    send(
      response,
      answered.reply.status,
      answered.reply.body,
      answered.reply.status === 429 ? { "Retry-After": "1" } : {},
    );
  else response.destroy();
}

export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response
    .writeHead(status, { "Content-Type": "application/json; charset=utf-8", ...headers })
    .end(JSON.stringify(body));
}

async function readCall(request: IncomingMessage, url: URL): Promise<DeskRequest> {
  const head = {
    ...{ method: request.method ?? "GET", path: url.pathname, query: Object.fromEntries(url.searchParams) },
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
    ),
  };
  if (/^multipart\//i.test(request.headers["content-type"] ?? ""))
    return { ...head, body: null, ...(await uploadOf(request)) };
  return { ...head, body: request.method === "GET" ? null : await jsonOf(request), fields: {}, file: null };
}

export async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBody) throw new Error("too large");
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8") || "null");
}

/** Fields and the file of an upload; its bytes are counted and dropped. */
function uploadOf(request: IncomingMessage): Promise<Pick<DeskRequest, "fields" | "file">> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {};
    let file: DeskRequest["file"] = null;
    const parser = Busboy({ headers: { ...request.headers, "content-type": request.headers["content-type"] ?? "" } });
    parser.on("field", (name, value) => {
      fields[name] = value;
    });
    parser.on("file", (_field, stream, name) => {
      let bytes = 0;
      stream.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      stream.on("end", () => {
        file = { name, bytes };
      });
    });
    parser.on("finish", () => resolve({ fields, file }));
    parser.on("error", reject);
    request.pipe(parser);
  });
}
