// Connections of the owner, who migrates and makes roles. Requests never come here.
import pg from "pg";
import { databaseName } from "@/lib/db/app-role";

const OLDEST = 15;

/** What an operator can mend: one sentence in Korean (`message`) and one in English. */
export class DatabaseSetupError extends Error {
  override readonly name = "SetupError";
  constructor(
    korean: string,
    readonly english: string,
    cause?: unknown,
  ) {
    super(korean, { cause });
  }
}

/**
 * A single connection in UTC. Server and version are checked.
 * @param url the owner's connection
 * @param options.lockSeconds how long a statement may wait for a lock; `create`: make a missing database
 * @throws DatabaseSetupError
 */
export async function connectAsOwner(
  url: string,
  options: { lockSeconds?: number; create?: boolean } = {},
): Promise<pg.Client> {
  const client = newClient(url, options.lockSeconds ?? 30);
  try {
    await client.connect();
  } catch (error) {
    if (options.create && sqlState(error) === "3D000") {
      await createDatabase(url);
      return connectAsOwner(url, { ...options, create: false });
    }
    throw unreachable(url, error);
  }
  const { rows } = await client.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int AS version",
  );
  const major = Math.floor((rows[0]?.version ?? 0) / 10_000);
  if (major < OLDEST) {
    await client.end();
    throw new DatabaseSetupError(
      `DATABASE_URL의 PostgreSQL은 ${major} 버전입니다. ${OLDEST} 이상이 필요합니다.`,
      `The PostgreSQL of DATABASE_URL is version ${major}; ${OLDEST} or newer is needed.`,
    );
  }
  return client;
}

/** SQLSTATE or system error code of what was thrown, or "". */
export function sqlState(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function newClient(connectionString: string, lockSeconds: number): pg.Client {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 10_000,
    application_name: "damso owner",
    options: `-c timezone=UTC -c lock_timeout=${lockSeconds * 1000} -c client_min_messages=warning`,
  });
  // A connection that breaks while idle reports here; the next query on it fails and says so to its caller.
  client.on("error", () => undefined);
  return client;
}

async function createDatabase(url: string): Promise<void> {
  const server = new URL(url);
  server.pathname = "/postgres";
  const client = newClient(server.toString(), 30);
  try {
    await client.connect();
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(databaseName(url))}`);
  } catch (error) {
    // 42P04, 23505: another process that starts at the same time was first.
    if (!["42P04", "23505"].includes(sqlState(error))) throw unreachable(url, error);
  } finally {
    await client.end();
  }
}

/** One sentence for why a connection did not come about. Never shows the password. */
function unreachable(url: string, cause: unknown): Error {
  const { hostname, port } = new URL(url);
  const where = `${hostname}:${port || 5432}`;
  const database = databaseName(url);
  const state = sqlState(cause);
  const detail = cause instanceof Error ? cause.message : String(cause);
  if (state === "28P01" || state === "28000") {
    return new DatabaseSetupError(
      `데이터베이스 서버(${where})가 DATABASE_URL의 사용자나 암호를 받아들이지 않습니다.`,
      `The database server (${where}) refuses the user or password of DATABASE_URL.`,
      cause,
    );
  }
  if (state === "3D000") {
    return new DatabaseSetupError(
      `데이터베이스 "${database}"이(가) 서버(${where})에 없습니다. DATABASE_URL을 확인하십시오.`,
      `There is no database "${database}" on ${where}. Check DATABASE_URL.`,
      cause,
    );
  }
  if (state === "42501") {
    return new DatabaseSetupError(
      `데이터베이스 "${database}"이(가) 없고, DATABASE_URL의 사용자는 만들 권한이 없습니다.`,
      `The database "${database}" does not exist and the user of DATABASE_URL may not create it.`,
      cause,
    );
  }
  return new DatabaseSetupError(
    `데이터베이스 서버(${where})에 연결할 수 없습니다. DATABASE_URL과 서버 상태를 확인하십시오.`,
    `Cannot reach the database server (${where}); check DATABASE_URL and the server: ${detail}`,
    cause,
  );
}
