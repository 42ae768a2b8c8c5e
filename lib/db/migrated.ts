// A server that begins on a half-made database would answer from tables that are not there: it says so and does not begin.
import pg from "pg";
import { pendingMigrations } from "./migrate";
import { DatabaseSetupError, sqlState } from "./owner";

/** The login role, the database, the table of migrations or the right to read it are made by the migration. */
const unmade = ["28P01", "28000", "3D000", "42P01", "42501"];

/**
 * A database that cannot be reached now is no reason not to begin: requests are answered 503 until it comes.
 * @param url the application's connection
 * @throws DatabaseSetupError where migrations are missing or one was begun and not finished
 */
export async function assertMigrated(url: string, directory?: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: "damso" });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    if (unmade.includes(sqlState(error))) throw halfMade("", error);
    return;
  }
  const pending = await pendingMigrations(client, directory)
    .catch((error: unknown) => {
      if (sqlState(error) === "" || unmade.includes(sqlState(error))) throw halfMade("", error);
      return [];
    })
    .finally(() => client.end().catch(() => undefined));
  if (pending.length > 0) throw halfMade(` (${pending.length}: ${pending[0]} …)`);
}

function halfMade(which: string, cause?: unknown): DatabaseSetupError {
  return new DatabaseSetupError(
    `데이터베이스 구조가 이 판의 것이 아닙니다${which}. npm run damso -- migrate를 끝까지 실행한 뒤 다시 시작하십시오.`,
    `The database lacks migrations of this version${which}: let npm run damso -- migrate finish, then start again.`,
    cause,
  );
}
