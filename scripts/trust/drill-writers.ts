// Who writes during the drill: hooks, presses, forms and uploads, each call in a ledger.
import { createHash, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Form, filled, formsOf, multipart } from "@/e2e/harness-form";
import { demonstrationLogins } from "@/prisma/seed/logins";

/** The button that is pressed. */
export const code = "pl_home_footer";
const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) KAKAOTALK";

export type Kind = "event" | "press" | "form" | "file";
/** One request: when it began and ended (ms, performance.now), and its answer; status 0 is none. */
export type Answer = { kind: Kind; from: number; to: number; status: number; retryAfter: boolean; place: string };

/** What was sent, by kind; `ok` was answered with success, `unknown` got no answer and may have happened, wholly or not at all. */
export class Ledger {
  readonly answers: Answer[] = [];
  readonly ok = {
    events: new Map<string, string>(),
    presses: 0,
    files: new Map<string, string>(),
    buttons: new Set<string>(),
  };
  readonly unknown = {
    events: new Map<string, string>(),
    presses: 0,
    files: new Set<string>(),
    buttons: new Set<string>(),
  };
}

let inFlight = 0;

/** Requests that have no answer at this moment. */
export const openRequests = () => inFlight;

/** A writer that was turned away comes again after so many milliseconds. */
const pauseMs = 25;

async function send(
  kind: Kind,
  ledger: Ledger,
  url: string,
  init: RequestInit,
): Promise<{ status: number; text: string; place: string } | null> {
  inFlight += 1;
  const from = performance.now();
  const note = (status: number, headers?: Headers) => {
    const place = headers?.get("location") ?? "";
    ledger.answers.push({
      kind,
      from,
      to: performance.now(),
      status,
      retryAfter: !!headers?.get("retry-after"),
      place,
    });
    return place;
  };
  try {
    const answer = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(20_000) });
    const text = await answer.text();
    const place = note(answer.status, answer.headers);
    if (answer.status >= 400) await sleep(pauseMs);
    return { status: answer.status, text, place };
  } catch {
    // Reset or refused by the kill: whether it happened is unknown, which the ledger says.
    note(0);
    await sleep(pauseMs);
    return null;
  } finally {
    inFlight -= 1;
  }
}

/** All of them at once, until stopped. */
export function everyWriter(
  origin: string,
  hook: string,
  cookie: string,
  { draft, live, senderKey }: { draft: string; live: string; senderKey: string },
  ledger: Ledger,
  stop: AbortSignal,
): Promise<void>[] {
  return [
    ...Array.from({ length: 4 }, () => tellEvents(hook, senderKey, ledger, stop)),
    ...Array.from({ length: 2 }, () => pressButton(origin, ledger, stop)),
    ...Array.from({ length: 2 }, () => placeButtons(origin, cookie, live, ledger, stop)),
    attachFiles(origin, cookie, draft, ledger, stop),
  ];
}

async function tellEvents(hook: string, senderKey: string, ledger: Ledger, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const id = randomBytes(12).toString("hex");
    const body = JSON.stringify([event(id, senderKey)]);
    const answer = await send("event", ledger, `${hook}/events`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    if (answer?.status === 200) ledger.ok.events.set(id, body);
    else ledger.unknown.events.set(id, body);
  }
}

function event(id: string, senderKey: string): Record<string, unknown> {
  return {
    id,
    type: "session.opened",
    senderKey,
    at: new Date().toISOString(),
    userKey: `u${id.slice(0, 12)}`,
    sessionId: `drill-${id}`,
    extra: code,
  };
}

/** Presses the button, one press after another. */
export async function pressButton(origin: string, ledger: Ledger, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const answer = await send("press", ledger, `${origin}/b/${code}`, { headers: { "user-agent": phone } });
    if (answer?.status === 302) ledger.ok.presses += 1;
    else ledger.unknown.presses += 1;
  }
}

async function attachFiles(
  origin: string,
  cookie: string,
  channel: string,
  ledger: Ledger,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    const text = `번호,이유\n${randomBytes(12).toString("hex")},시험\n`;
    const sha256 = createHash("sha256").update(text).digest("hex");
    const form = new FormData();
    form.append("item", "blocks-saved");
    form.append("file", new File([text], "차단 목록.csv", { type: "text/csv" }));
    const answer = await send("file", ledger, `${origin}/channels/${channel}/evidence?item=blocks-saved`, {
      method: "POST",
      headers: { cookie, origin, accept: "application/json" },
      body: form,
    });
    if (answer?.status === 201) ledger.ok.files.set(sha256, text);
    else ledger.unknown.files.add(sha256);
  }
}

/** The form of a new button, as the page has it. */
export async function formToPlace(origin: string, cookie: string): Promise<Form | undefined> {
  const page = "/placements/new";
  const opened = await fetch(`${origin}${page}`, { headers: { cookie }, signal: AbortSignal.timeout(20_000) })
    .then((answer) => answer.text())
    // The server was ended meanwhile: there is no form.
    .catch(() => "");
  return formsOf(opened, page).find(({ names }) => names.includes("medium"));
}

/** Sends it as a browser without JavaScript does. Only a redirect to the new page is success. */
export async function placeButton(
  { origin, cookie, channelId, form }: { origin: string; cookie: string; channelId: string; form: Form },
  ledger: Ledger,
): Promise<void> {
  const name = `drill ${randomBytes(9).toString("hex")}`;
  const { body, type } = multipart(filled(form, { channelId, name, medium: "web" }));
  const headers = { cookie, origin, "content-type": type, accept: "text/html" };
  const answer = await send("form", ledger, `${origin}${form.action}`, {
    ...{ method: "POST", headers, body: new Uint8Array(body) },
  });
  if (answer?.status === 303 && answer.place.includes("/placements/")) ledger.ok.buttons.add(name);
  else ledger.unknown.buttons.add(name);
}

async function placeButtons(
  origin: string,
  cookie: string,
  channelId: string,
  ledger: Ledger,
  stop: AbortSignal,
): Promise<void> {
  let form: Form | undefined;
  while (!stop.aborted) {
    form ??= await formToPlace(origin, cookie);
    if (form) await placeButton({ origin, cookie, channelId, form }, ledger);
    else await sleep(pauseMs);
  }
}

/** A sender repeats what it got no answer to, with the same id. */
export async function repeatUnknown(hook: string, ledger: Ledger): Promise<void> {
  for (const [id, body] of ledger.unknown.events) {
    const answer = await send("event", ledger, `${hook}/events`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    if (answer?.status === 200) ledger.ok.events.set(id, body);
  }
}

/** @param login whose; else the demonstration's first @returns the cookies */
export async function signIn(
  origin: string,
  login: { email: string; password: string } | undefined = demonstrationLogins[0],
): Promise<string> {
  const csrf = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const jar = csrf.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { origin, cookie: jar.join("; "), "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      csrfToken,
      email: login?.email ?? "",
      password: login?.password ?? "",
      callbackUrl: "/",
    }),
  });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
