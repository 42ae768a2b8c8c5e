// One connection that stands for the life of the process: it hears notices, asks in order, and comes back by itself.
import pg from "pg";
import { env } from "@/lib/env";
import { errorFields, log } from "@/lib/log";

const heartbeatMs = 5_000;
const longestWaitMs = 2_000;

type Options = {
  /** Shown in pg_stat_activity. */
  name: string;
  /** Channel to LISTEN on. */
  channel: string;
  onNotice: (payload: string) => void;
  /** Connected, or connected again: notices may have been missed. What it throws counts as a lost connection. */
  onConnected: () => Promise<void>;
};

/** Connects as the application's role, in UTC. Never throws on its own account; `query` rejects while away. */
export class StandingConnection {
  private client: pg.Client | undefined;
  private stopped = false;
  private reachable = false;
  private wait = 100;
  private turn: Promise<unknown> = Promise.resolve();
  private retry: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(private readonly options: Options) {}

  /** Whether the database answered last. */
  get connected(): boolean {
    return this.reachable;
  }

  /** Resolves when the first try has ended, well or badly. */
  async start(): Promise<void> {
    await this.connect();
    this.heartbeat = setInterval(() => {
      if (this.reachable) void this.query("SELECT 1").catch((error: unknown) => this.lost(error));
    }, heartbeatMs);
    this.heartbeat.unref();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    clearInterval(this.heartbeat);
    const client = this.client;
    this.client = undefined;
    this.reachable = false;
    await client?.end().catch((error: unknown) => log("warn", "database.end_failed", errorFields(error)));
  }

  /** One question after another. @throws while the database is away, or what PostgreSQL refuses. */
  async query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
    name?: string,
  ): Promise<Row[]> {
    const asked = this.turn.then(async () => {
      const client = this.client;
      if (!client) throw new Error("The database cannot be reached");
      const { rows } = await client.query<Row>({ text, values: [...values], ...(name ? { name } : {}) });
      return rows;
    });
    this.turn = asked.catch(() => undefined);
    return asked;
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: env().DATABASE_APP_URL,
      connectionTimeoutMillis: 5_000,
      query_timeout: 20_000,
      keepAlive: true,
      application_name: this.options.name,
      options: "-c timezone=UTC -c statement_timeout=15000",
    });
    client.on("error", (error) => this.lost(error, client));
    client.on("end", () => this.lost(undefined, client));
    client.on("notification", (notice) => this.options.onNotice(notice.payload ?? ""));
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(this.options.channel)}`);
      this.client = client;
      await this.options.onConnected();
      this.reachable = true;
      this.wait = 100;
    } catch (error) {
      this.client = undefined;
      client.end().catch((reason: unknown) => log("warn", "database.end_failed", errorFields(reason)));
      this.again(error);
    }
  }

  private lost(error: unknown, client = this.client): void {
    if (this.stopped || client === undefined || client !== this.client) return;
    this.client = undefined;
    client.end().catch((reason: unknown) => log("warn", "database.end_failed", errorFields(reason)));
    this.again(error);
  }

  private again(error: unknown): void {
    if (this.stopped) return;
    if (this.reachable || this.wait === 100)
      log("error", "database.away", { connection: this.options.name, ...errorFields(error ?? "ended") });
    this.reachable = false;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, longestWaitMs);
  }
}
