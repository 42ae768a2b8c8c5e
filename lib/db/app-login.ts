// Makes and checks the application's login role.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import pg from "pg";
import { APP_GROUP } from "@/lib/db/app-role";
import { DatabaseSetupError, sqlState } from "@/lib/db/owner";

/**
 * Makes the login role of an application URL, or gives it that URL's password again; nothing happens when it works already.
 * @param owner connection of the migrating owner
 * @param url application URL: its user and password are the role's
 * @throws DatabaseSetupError when the owner may not create roles
 */
export async function ensureAppRole(owner: pg.ClientBase, url: string): Promise<void> {
  if ((await loginProblem(url)) === null) return;
  const role = decodeURIComponent(new URL(url).username);
  const password = decodeURIComponent(new URL(url).password);
  await changingRoles(() => makeRole(owner, role, password));
  await verifyAppRole(url);
}

/** Gives a role made by hand its membership, where the owner may, and checks it. */
export async function adoptAppRole(owner: pg.ClientBase, url: string): Promise<void> {
  if ((await loginProblem(url)) === null) return;
  const role = pg.escapeIdentifier(decodeURIComponent(new URL(url).username));
  try {
    await owner.query(`GRANT ${APP_GROUP} TO ${role}`);
  } catch (error) {
    // 42501, 42704: not ours to give, or no such role; the check below says what is missing.
    if (!["42501", "42704"].includes(sqlState(error))) throw error;
  }
  await verifyAppRole(url);
}

/** Checks that an application URL connects as a member of the group that is no superuser and does not bypass row security. */
export async function verifyAppRole(url: string): Promise<void> {
  const problem = await loginProblem(url);
  if (problem === null) return;
  const role = decodeURIComponent(new URL(url).username);
  throw new DatabaseSetupError(
    `앱 역할 "${role}"을(를) 쓸 수 없습니다. DATABASE_APP_URL을 확인하십시오.`,
    `The application's role "${role}" cannot be used: ${problem}. Check DATABASE_APP_URL.`,
  );
}

/** Why a login does not work, or null when it does. */
async function loginProblem(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, options: "-c timezone=UTC" });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ member: boolean; mighty: boolean; owns: boolean }>(
      `SELECT to_regrole($1) IS NOT NULL AND pg_has_role(r.oid, to_regrole($1)::oid, 'USAGE') AS member,
              r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb AS mighty,
              EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = to_regnamespace('public')::oid
                      AND pg_has_role(r.oid, c.relowner, 'USAGE')) AS owns
       FROM pg_roles r WHERE r.rolname = current_user`,
      [APP_GROUP],
    );
    if (!rows[0]?.member) return `it is not a member of ${APP_GROUP}`;
    if (rows[0].mighty)
      return "it has rights that the application must not have (superuser, BYPASSRLS, CREATEROLE or CREATEDB)";
    if (rows[0].owns) return "it owns tables, and row security does not bind an owner";
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end();
  }
}

/** Makes the NOLOGIN role that migrations grant rights to. @throws DatabaseSetupError when the owner may not */
export async function ensureAppGroup(owner: pg.ClientBase): Promise<void> {
  await changingRoles(async () => {
    if (!(await roleExists(owner, APP_GROUP))) await owner.query(`CREATE ROLE ${APP_GROUP} NOLOGIN`);
  });
}

/** Roles belong to the whole server: another database's start may touch the same catalog rows, so once more then. */
async function changingRoles(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt < 5 && ["42710", "23505", "XX000"].includes(sqlState(error))) continue;
      if (sqlState(error) !== "42501") throw error;
      throw new DatabaseSetupError(
        `DATABASE_URL의 사용자는 역할을 만들 권한(CREATEROLE)이 없습니다. 역할 ${APP_GROUP}과(와) 그 구성원인 앱 전용 역할을 만들어 DATABASE_APP_URL에 지정하십시오.`,
        `The user of DATABASE_URL may not create roles (CREATEROLE): make the role ${APP_GROUP} and a member of it for the application, and name that in DATABASE_APP_URL.`,
        error,
      );
    }
  }
}

async function makeRole(owner: pg.ClientBase, role: string, password: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  const verb = (await roleExists(owner, role)) ? "ALTER" : "CREATE";
  await owner.query(`${verb} ROLE ${name} LOGIN INHERIT PASSWORD ${pg.escapeLiteral(scramVerifier(password))}`);
  await owner.query(`ALTER ROLE ${name} SET timezone = 'UTC'`);
  await owner.query(`GRANT ${APP_GROUP} TO ${name}`);
}

async function roleExists(owner: pg.ClientBase, role: string): Promise<boolean> {
  const { rowCount } = await owner.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
  return rowCount === 1;
}

/** What PostgreSQL stores of a password (RFC 5803), so that the password itself stands in no server log. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const rounds = 4096;
  const salted = pbkdf2Sync(password, salt, rounds, 32, "sha256");
  const mac = (text: string) => createHmac("sha256", salted).update(text).digest();
  const stored = createHash("sha256").update(mac("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${rounds}:${salt.toString("base64")}$${stored}:${mac("Server Key").toString("base64")}`;
}
