// Dealers' webhooks: the token in the address is the credential, and success is said only of what is committed.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { DealerActor } from "@/lib/auth/actor";
import { coalesce } from "@/lib/coalesce";
import { type DealerTokenState, dealerTokensByHash } from "@/lib/db/crossings";
import { secretPlace } from "@/lib/dealers/commands/rotate-connection";
import { isAllowedFrom } from "@/lib/dealers/rules/allowed-addresses";
import { tokenHash, tokenPattern } from "@/lib/dealers/rules/connection";
import { isSigned } from "@/lib/dealers/rules/signature";
import { errorFields, log } from "@/lib/log";
import { unseal } from "@/lib/seal";
import { answer, type HookAnswer, refuse } from "./hooks/answer";
import { takeCanonicalEvents } from "./hooks/canonical";
import { takeDealerEvent } from "./hooks/dealer";
import { type Body, readBody } from "./hooks/read-body";

/** Bytes of one request (surface.md). */
const mostBytes = { infobank: 1_048_576, happytalk: 1_048_576, canonical: 8_388_608 } as const;
/** Dealers give up after 5 s (field-facts 1.2): whatever is not committed by then is asked for again. */
const answerWithinMs = 4_500;

const findConnection = coalesce<Uint8Array, DealerTokenState | null>(dealerTokensByHash, { most: 500 });

/** Answers one post of a dealer. Never throws; never answers 500: what failed is to come again. */
export async function handleHook(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const said = await judge(request).catch((error: unknown) => {
    // The name and code alone: a database's message may quote what it was given.
    const { error: name, message } = errorFields(error);
    log("error", "hook.failed", { error: name, code: /Code: `(\w+)`/.exec(message)?.[1] ?? "" });
    return refuse(503);
  });
  answer(request, response, said);
}

async function judge(request: IncomingMessage): Promise<HookAnswer> {
  const [, , token = "", ...rest] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
  if (request.method !== "POST") return refuse(405);
  if (!tokenPattern.test(token)) return refuse(404);
  const connection = await within(findConnection(tokenHash(token)));
  const address = addressOf(request);
  if (!connection || !isAllowedFrom(connection.allowedFrom, address)) return refuse(404);
  const body = await readBody(request, mostBytes[connection.format]);
  if (!body.ok) return refuse(body.status);
  const now = new Date();
  if (!hasRightSignature(connection, request, body, now)) return refuse(401);
  const { connectionId, organizationId, rehearsalId } = connection;
  const actor: DealerActor = { kind: "dealer", connectionId, organizationId, address, rehearsalId };
  const latest = new Date(now.getTime() + connection.aheadMs);
  const hook = { actor, connection, path: rest.join("/"), text: body.text, bytes: body.bytes, now, latest };
  return within(
    connection.format === "canonical" ? takeCanonicalEvents(hook) : takeDealerEvent(hook, connection.format),
  );
}

/** Asked of the canonical format only, and only where the company set a secret. */
function hasRightSignature(connection: DealerTokenState, request: IncomingMessage, body: Body, now: Date): boolean {
  const { connectionId, format, secretSealed, oldSecretSealed, oldSecretUntil } = connection;
  if (format !== "canonical" || !secretSealed) return true;
  const sealed = [
    secretSealed,
    ...(oldSecretSealed && oldSecretUntil && oldSecretUntil > now ? [oldSecretSealed] : []),
  ];
  const secrets = sealed.map((bytes) => unseal(secretPlace(connectionId), bytes));
  const header = (name: string) => {
    const value = request.headers[name];
    return typeof value === "string" ? value : undefined;
  };
  const headers = {
    id: header("webhook-id"),
    timestamp: header("webhook-timestamp"),
    signature: header("webhook-signature"),
  };
  return isSigned(secrets, headers, body.bytes, now);
}

/** The client's address as server.ts judged it, else the peer's own. */
function addressOf(request: IncomingMessage): string {
  const judged = request.headers["x-damso-address"];
  if (typeof judged === "string") return judged;
  return (request.socket.remoteAddress ?? "").replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("Not committed in time")), answerWithinMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
