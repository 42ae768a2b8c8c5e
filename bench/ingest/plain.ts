// The plain way: one create for every post. Neither encrypted nor known again when it comes twice.
import { createHash } from "node:crypto";
import { openPlain } from "./plain-client";
import { serve } from "./serve";

type Event = { sessionId: string; at: string; message: { text: string } };

const client = openPlain();
const organizationId = process.env.BENCH_ORGANIZATION ?? "";

serve(
  async (request, response) => {
    try {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const { sessionId, at, message } = JSON.parse(Buffer.concat(parts).toString("utf8")) as Event;
      const row = { shelf: "open", organizationId, direction: "in", kind: "text", at };
      const sealed = Uint8Array.from(Buffer.from(message.text));
      await client.message.create({ data: { ...row, sessionId: plainId(sessionId), sealed } });
      response.writeHead(200, { "Content-Length": "2" }).end("{}");
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
      response.writeHead(500, { "Content-Length": "0" }).end();
    }
  },
  () => client.$disconnect(),
);

/** The column is a UUID; a plain company would have made it a text. */
function plainId(sessionId: string): string {
  return createHash("md5").update(sessionId).digest("hex");
}
