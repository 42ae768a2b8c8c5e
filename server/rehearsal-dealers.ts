// Stand-ins for rehearsals: one for each, at /r/{rehearsal}. Whoever plays the user has the key; the dealer's calls bring the dealer's own.
import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { z } from "zod";
import { controlKey } from "@/lib/dealers/commands/rehearsal-dealer";
import { StandIn } from "@/lib/dealers/stand-in/stand-in";
import { answerCall, answerControl, jsonOf, send, serve } from "./dealer";

/** Of those that are kept; the one that was used longest ago makes room. */
const most = 200;

const openingSchema = z.object({
  ...{ format: z.enum(["infobank", "happytalk"]), senderKey: z.string().max(100), key: z.string().max(100) },
  ...{ name: z.string().max(100), searchId: z.string().max(100), company: z.string().max(200) },
  ...{ token: z.string().regex(/^[A-Za-z0-9_-]{16,200}$/), ahead: z.number().min(0) },
});

/**
 * Serves rehearsals on this machine alone. @param hooks our own server, asked for when a stand-in opens
 * @param port 0: any that is free
 */
export function serveRehearsals(
  hooks: () => string,
  port: number,
  host = "127.0.0.1",
): Promise<{ server: Server; address: string }> {
  const standIns = new Map<string, StandIn>();
  return serve((request, response) => answer(standIns, hooks, request, response), port, host);
}

async function answer(
  standIns: Map<string, StandIn>,
  hooks: () => string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://stand-in");
  const [, id = "", path = ""] = /^\/r\/([0-9a-f-]{36})(\/.*)$/.exec(url.pathname) ?? [];
  const standIn = standIns.get(id);
  const [, first, act = ""] = path.split("/");
  if (first !== "control") {
    if (!standIn) return send(response, 404, { error: "no such rehearsal" });
    url.pathname = path;
    return answerCall(standIn, request, response, url);
  }
  if (!isOurs(request.headers.authorization)) return send(response, 403, { error: "not yours" });
  const given = request.method === "POST" ? await jsonOf(request) : {};
  if (act === "open") return open(standIns, hooks(), id, given, response);
  if (!standIn) return send(response, 404, { error: "no such rehearsal" });
  standIns.delete(id);
  standIns.set(id, standIn);
  await answerControl(standIn, response, act, given);
}

function open(
  standIns: Map<string, StandIn>,
  hooks: string,
  id: string,
  given: unknown,
  response: ServerResponse,
): void {
  const { format, senderKey, key, name, searchId, company, token, ahead } = openingSchema.parse(given);
  const standIn = new StandIn({
    ...{ format, senderKey, name, searchId, committalCompany: company, credentials: { id: "rehearsal", key } },
    ...{ hookBase: `${hooks}/hooks/${token}`, sessionPrefix: "rehearsal-" },
  });
  standIn.desk.pass(ahead);
  standIns.set(id, standIn);
  const [oldest] = standIns.keys();
  if (standIns.size > most && oldest !== undefined) standIns.delete(oldest);
  send(response, 200, { now: standIn.desk.now() });
}

function isOurs(header: string | undefined): boolean {
  const [given, right] = [Buffer.from(header ?? ""), Buffer.from(`Bearer ${controlKey()}`)];
  return given.length === right.length && timingSafeEqual(given, right);
}
