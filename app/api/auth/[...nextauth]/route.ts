import type { NextApiRequest, NextApiResponse } from "next";
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";
import { env } from "@/lib/env";
import { safeNext } from "@/lib/people/rules";

type Context = { params: Promise<{ nextauth: string[] }> };
const mostBytes = 16_384;
/** What is answered at all; the rest of next-auth's addresses are not there. */
const served: Readonly<Record<string, readonly string[]>> = {
  GET: ["csrf", "providers", "session", "signin", "signout", "error"],
  POST: ["callback/credentials", "session", "signin/credentials", "signout"],
};

/**
 * next-auth behind our own sieve: addresses to go back to are made ours before it parses them (it answers 500 to `%%%`),
 * its pages are never shown, and a body is read only up to 16 KB.
 */
async function handle(request: NextRequest, { params }: Context): Promise<Response> {
  const { nextauth } = await params;
  if (!served[request.method]?.includes(nextauth.join("/")))
    return Response.json({ error: "not found" }, { status: 404 });
  const headers = Object.fromEntries(request.headers);
  const body = request.method === "POST" ? await readBody(request) : {};
  if (!body) return Response.json({ error: "too large" }, { status: 413 });
  const query = { ...sieve(Object.fromEntries(request.nextUrl.searchParams)), nextauth };
  const cookies = Object.fromEntries(request.cookies.getAll().map(({ name, value }) => [name, value]));
  for (const name of Object.keys(cookies)) if (name.endsWith("damso-next")) delete cookies[name];
  const answer = new Answer();
  const given = { method: request.method, headers, cookies, query, body: sieve(body) };
  await NextAuth(given as unknown as NextApiRequest, answer as unknown as NextApiResponse, authOptions());
  return answer.response();
}

export { handle as GET, handle as POST };

function sieve(values: Record<string, string>): Record<string, string> {
  const { callbackUrl, error, ...rest } = values;
  return {
    ...rest,
    ...(callbackUrl === undefined ? {} : { callbackUrl: safeNext(callbackUrl, env().DAMSO_URL) }),
    ...(error === undefined ? {} : { error: "Callback" }),
  };
}

async function readBody(request: NextRequest): Promise<Record<string, string> | null> {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > mostBytes) return null;
  const text = new TextDecoder().decode(bytes);
  if (!request.headers.get("content-type")?.includes("application/json")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    const parsed: unknown = JSON.parse(text);
    const entries = typeof parsed === "object" && parsed !== null ? Object.entries(parsed) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    // No JSON is no field; next-auth then asks for its csrf token.
    return {};
  }
}

/** What next-auth writes to, as little of a Node response as it uses. */
class Answer {
  private code = 200;
  private body: BodyInit | null = null;
  private readonly headers = new Map<string, string | string[]>([["cache-control", "no-store"]]);

  status(code: number): this {
    this.code = code;
    return this;
  }
  getHeader(name: string): string | string[] | undefined {
    return this.headers.get(name.toLowerCase());
  }
  setHeader(name: string, value: string | string[]): this {
    this.headers.set(name.toLowerCase(), value);
    return this;
  }
  json(value: unknown): void {
    this.setHeader("Content-Type", "application/json");
    this.body = JSON.stringify(value);
  }
  send(value: unknown): void {
    if (typeof value === "object" && value !== null) this.json(value);
    else this.body = String(value ?? "");
  }
  end(): void {
    this.body ??= null;
  }
  response(): Response {
    const headers = new Headers();
    for (const [name, value] of this.headers) for (const one of [value].flat()) headers.append(name, one);
    if (!headers.has("content-type")) headers.set("content-type", "text/plain; charset=utf-8");
    return new Response(this.body, { status: this.code, headers });
  }
}
