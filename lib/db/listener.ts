// One listening connection per process: what other transactions announce with pg_notify.
import pg from "pg";
import { env } from "@/lib/env";
import { errorFields, log } from "@/lib/log";

type Hear = (payload: string) => void;
type Heard = Map<Hear, (() => void) | undefined>;
type Listening = { hears: Map<string, Heard>; client: pg.Client | null; connecting: Promise<void> | null };

// Next bundles its routes apart from the server's own modules: they share this one.
const shared = globalThis as typeof globalThis & { damsoListening?: Listening };
const retryMs = 1_000;

/**
 * Hears every notification of `channel` until the returned function is called.
 * A lost connection is made again by itself; what was announced meanwhile is missed: `subscribed` runs whenever hearing begins (again).
 */
export function listen(channel: string, hear: Hear, subscribed?: () => void): () => void {
  shared.damsoListening ??= { hears: new Map(), client: null, connecting: null };
  const listening = shared.damsoListening;
  const known = listening.hears.get(channel);
  const hears: Heard = known ?? new Map();
  listening.hears.set(channel, hears.set(hear, subscribed));
  if (!listening.client) void connect(listening);
  else if (!known) void subscribe(listening, listening.client, [channel]);
  return () => void hears.delete(hear);
}

/** Ends the listening connection: for commands and tests that should stop. */
export async function closeListener(): Promise<void> {
  const listening = shared.damsoListening;
  shared.damsoListening = undefined;
  listening?.hears.clear();
  await listening?.connecting;
  await listening?.client?.end();
}

async function connect(listening: Listening): Promise<void> {
  listening.connecting ??= open(listening).finally(() => {
    listening.connecting = null;
  });
  await listening.connecting;
}

async function open(listening: Listening): Promise<void> {
  const client = new pg.Client({
    connectionString: env().DATABASE_APP_URL,
    application_name: "damso listener",
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  client.on("notification", ({ channel, payload }) => {
    for (const hear of listening.hears.get(channel)?.keys() ?? []) hear(payload ?? "");
  });
  client.on("error", (error) => log("warn", "listener.lost", errorFields(error)));
  client.on("end", () => {
    if (listening.client !== client) return;
    listening.client = null;
    later(listening);
  });
  try {
    await client.connect();
    listening.client = client;
    await subscribe(listening, client, [...listening.hears.keys()]);
  } catch (error) {
    log("warn", "listener.failed", errorFields(error));
    listening.client = null;
    later(listening);
  }
}

async function subscribe(listening: Listening, client: pg.Client, channels: string[]): Promise<void> {
  for (const channel of channels) {
    await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    for (const subscribed of listening.hears.get(channel)?.values() ?? []) subscribed?.();
  }
}

function later(listening: Listening): void {
  if (shared.damsoListening !== listening) return;
  setTimeout(() => {
    if (shared.damsoListening === listening && !listening.client) void connect(listening);
  }, retryMs).unref();
}
