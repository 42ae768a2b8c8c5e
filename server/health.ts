// GET /healthz: the process lives. GET /readyz: it is fit to serve. Words only, no versions, nothing about the company.
import { access, constants, statfs } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { databaseReadiness } from "@/lib/db/readiness";
import { env } from "@/lib/env";

const leastFreeBytes = 200 * 1024 * 1024;
/** Within this time one look serves everybody who asks. */
const freshMs = 1_000;

type Readiness = Record<"database" | "migrations" | "clock" | "disk" | "files", "ok" | "failing">;
let last: { at: number; answer: Promise<Readiness> } | undefined;

/** True when it answered. */
export function answerHealth(request: IncomingMessage, response: ServerResponse): boolean {
  const path = (request.url ?? "").split("?", 1)[0];
  if (path !== "/healthz" && path !== "/readyz") return false;
  if (request.method !== "GET" && request.method !== "HEAD") send(request, response, 405, { status: "failing" });
  else if (path === "/healthz") send(request, response, 200, { status: "ok" });
  else
    void ready().then((parts) =>
      send(request, response, allOk(parts) ? 200 : 503, { status: allOk(parts) ? "ok" : "failing", ...parts }),
    );
  return true;
}

function allOk(parts: Readiness): boolean {
  return Object.values(parts).every((word) => word === "ok");
}

function ready(): Promise<Readiness> {
  const now = performance.now();
  if (!last || now - last.at > freshMs) last = { at: now, answer: look() };
  return last.answer;
}

async function look(): Promise<Readiness> {
  const folder = env().DAMSO_FILES.startsWith("file:") ? env().DAMSO_FILES.slice("file:".length) : null;
  const [database, disk, files] = await Promise.all([
    databaseReadiness(3_000),
    holds(async () => {
      const { bavail, bsize } = await statfs(folder ?? process.cwd());
      return bavail * bsize >= leastFreeBytes;
    }),
    holds(async () => {
      if (folder) await access(folder, constants.W_OK);
      return true;
    }),
  ]);
  return { ...database, disk, files };
}

async function holds(check: () => Promise<boolean>): Promise<"ok" | "failing"> {
  try {
    return (await check()) ? "ok" : "failing";
  } catch {
    return "failing";
  }
}

function send(request: IncomingMessage, response: ServerResponse, status: number, body: Record<string, string>): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...(status === 503 ? { "Retry-After": "5" } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : text);
}
