// The limit: rows sealed beforehand, by COPY into the product's own partitioned table with its indexes.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import pg from "pg";
import type { Ready } from "./sent";

export type Limit = {
  /** "COPY", or what stands in for it where there is no psql. */
  name: string;
  pids: number[];
  /** Writes down what is to go in, before the clock runs. */
  prepare: (file: string, rows: readonly Ready[]) => void;
  put: (file: string, rows: readonly Ready[]) => Promise<void>;
  end: () => Promise<void>;
};

const columns = "shelf, organization_id, session_id, direction, kind, at, sealed";

export async function openLimit(url: string, organizationId: string): Promise<Limit> {
  return (await openPsql(url, organizationId)) ?? openUnnest(url, organizationId);
}

/** One psql that stays, so that neither it nor its backend starts within a lap. Null where there is none. */
async function openPsql(url: string, organizationId: string): Promise<Limit | null> {
  const { host, port, user, password, database } = new pg.Client({ connectionString: url });
  const child = spawn("psql", ["-XqAt", "-v", "ON_ERROR_STOP=1"], {
    env: {
      ...process.env,
      ...{ PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database, PGTZ: "UTC" },
      ...(typeof password === "string" ? { PGPASSWORD: password } : {}),
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("close", () => resolve());
  });
  child.stdin.on("error", () => child.kill());
  const lines = createInterface({ input: child.stdout });
  const tell = (command: string) =>
    new Promise<boolean>((resolve) => {
      lines.once("line", () => resolve(true));
      void ended.then(() => resolve(false));
      child.stdin.write(`${command}\n\\echo done\n`);
    });
  if (!(await tell("SELECT 1 WHERE false;"))) return null;
  return {
    name: "COPY",
    pids: child.pid === undefined ? [] : [child.pid],
    prepare: (file, rows) =>
      writeFileSync(
        file,
        rows
          .map(({ sessionId, at, sealed }) =>
            [
              "open",
              organizationId,
              sessionId,
              "in",
              "text",
              at.toISOString(),
              `\\\\x${sealed.toString("hex")}\n`,
            ].join("\t"),
          )
          .join(""),
      ),
    put: async (file) => {
      if (!(await tell(`\\copy messages (${columns}) from '${file}'`))) throw new Error("psql ended during COPY");
    },
    end: () => {
      child.stdin.end();
      return ended;
    },
  };
}

async function openUnnest(url: string, organizationId: string): Promise<Limit> {
  const client = new pg.Client({ connectionString: url, options: "-c timezone=UTC" });
  await client.connect();
  return {
    name: "INSERT … unnest (no psql here: stands in for COPY)",
    pids: [process.pid],
    prepare: () => undefined,
    put: async (_, rows) => {
      await client.query(
        `INSERT INTO messages (${columns}) SELECT 'open', $1, session_id, 'in', 'text', at, sealed
         FROM unnest($2::uuid[], $3::timestamptz[], $4::bytea[]) AS r (session_id, at, sealed)`,
        [organizationId, rows.map((row) => row.sessionId), rows.map((row) => row.at), rows.map((row) => row.sealed)],
      );
    },
    end: () => client.end(),
  };
}
