// Another connection that writes one message at a time, in its own process: what a destruction costs those who go on working.
import pg from "pg";

/** `start` names the table, a shelf, and the session and organization that the messages are for. */
export type InsertOrder = {
  table: "messages" | "plain_messages";
  shelf: string;
  sessionId: string;
  organizationId: string;
};
export type Inserted = { count: number; p99: number; longest: number };

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
let going = false;

async function write({ table, shelf, sessionId, organizationId }: InsertOrder): Promise<void> {
  const took: number[] = [];
  const text = `INSERT INTO ${table} (shelf, organization_id, session_id, direction, kind, at, sealed) VALUES ($1, $2, $3, 'in', 'text', now(), $4)`;
  const sealed = Buffer.alloc(208, 7);
  while (going) {
    const from = performance.now();
    await client.query({ name: table, text, values: [shelf, organizationId, sessionId, sealed] });
    took.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  took.sort((a, b) => a - b);
  const p99 = took[Math.min(took.length - 1, Math.floor(took.length * 0.99))] ?? 0;
  const said: Inserted = { count: took.length, p99, longest: took.at(-1) ?? 0 };
  process.send?.(said);
}

process.on("message", (order: InsertOrder | "stop") => {
  if (order === "stop") {
    going = false;
    return;
  }
  going = true;
  void write(order).catch((error) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  });
});
process.on("disconnect", () => void client.end());
await client.connect();
process.send?.("ready");
