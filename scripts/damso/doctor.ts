// doctor: whether this installation can work, and what to mend.
import { accessSync, constants, statfsSync, statSync } from "node:fs";
import { createConnection } from "node:net";
import type { Command } from "commander";
import pg from "pg";
import { pendingMigrations } from "@/lib/db/migrate";
import { connectAsOwner } from "@/lib/db/owner";
import type { Env } from "@/lib/env";
import { graceDays } from "@/lib/retention/rules/period";
import { explain } from "../setup-error.mjs";
import type { CommandContext } from "./context";
import { listOrganizations, operatorOf } from "./organizations";

type State = "ok" | "bad";
type Finding = { check: string; state: State; detail: string };

/** Rights on audit tables that the application's role must not have (trust.md T-8). */
const FORBIDDEN = ["UPDATE", "DELETE", "TRUNCATE"];

export function registerDoctorCommands(program: Command, context: CommandContext): void {
  program
    .command("doctor")
    .description("설치 상태를 점검합니다 / check this installation")
    .action(async () => {
      const findings = await examine(context);
      const ok = findings.every((finding) => finding.state !== "bad");
      context.exitCode = ok ? 0 : 1;
      if (context.json) context.one({ ok, items: findings });
      else
        for (const { check, state, detail } of findings)
          context.write(`${state === "ok" ? "✓" : "✗"} ${check}: ${detail}`);
    });
}

async function examine(context: CommandContext): Promise<Finding[]> {
  const findings = [await find("node", async () => process.versions.node)];
  let settings: Env | undefined;
  findings.push(
    await find("settings", async () => {
      settings = await context.open();
      return `DAMSO_URL=${settings.DAMSO_URL}`;
    }),
  );
  if (!settings) return findings;
  return [...findings, ...(await database(settings, context)), ...(await surroundings(settings))];
}

async function database(settings: Env, context: CommandContext): Promise<Finding[]> {
  let owner: pg.Client | undefined;
  const findings = [
    await find("database", async () => {
      owner = await connectAsOwner(settings.DATABASE_URL);
      const { rows } = await owner.query<{ version: string }>("SELECT current_setting('server_version') AS version");
      return `PostgreSQL ${rows[0]?.version}`;
    }),
  ];
  if (!owner) return findings;
  const client = owner;
  try {
    findings.push(
      await find("migrations", async () => {
        const pending = await pendingMigrations(client);
        if (pending.length > 0)
          throw new Error(`적용하지 않은 마이그레이션 ${pending.length}건 / not applied: ${pending.join(", ")}`);
        return "모두 적용됨 / all applied";
      }),
      await find("clock", () => clock(client)),
      await find("destruction", () => destruction(client)),
      await find("presses", () => presses(client)),
    );
  } finally {
    await client.end();
  }
  findings.push(await find("app role", () => appRole(settings)));
  findings.push(await find("restored", () => restored(context)));
  return findings;
}

/** Both clocks decide deadlines; a server that is minutes off writes wrong ones. */
async function clock(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ ms: number }>(
    "SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms",
  );
  const off = Math.round(Math.abs((rows[0]?.ms ?? 0) - Date.now()) / 1000);
  if (off > 5) throw new Error(`데이터베이스 서버의 시계가 ${off}초 다릅니다 / the database's clock is ${off} s off`);
  return "± 5 s";
}

/** What is due to be destroyed, and overdue: five days after its last day (표준 개인정보 보호지침 제10조). Work for people, not a fault of the installation. */
async function destruction(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ due: number; overdue: number }>(
    `SELECT coalesce(sum(sessions - held) FILTER (WHERE due_on < today), 0)::int AS due,
       coalesce(sum(sessions - held) FILTER (WHERE due_on < today - $1::int), 0)::int AS overdue
     FROM due_days, (SELECT (clock_timestamp() AT TIME ZONE 'Asia/Seoul')::date AS today) clock`,
    [graceDays],
  );
  const { due = 0, overdue = 0 } = rows[0] ?? {};
  return `파기할 것 ${due}건, 기한 지난 것 ${overdue}건 / ${due} due, ${overdue} overdue`;
}

/** Presses that were sent on and could not be written down: a day's are a fault of disk or folder, a week's are told. */
async function presses(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ lost: number; fresh: boolean }>(
    `SELECT coalesce(sum(presses), 0)::int AS lost, coalesce(max(last_at) > clock_timestamp() - interval '1 day', false) AS fresh
     FROM press_failures WHERE day > (clock_timestamp() AT TIME ZONE 'Asia/Seoul')::date - 7`,
  );
  const { lost = 0, fresh = false } = rows[0] ?? {};
  const said = `7일 동안 적지 못한 누름 ${lost}건 / ${lost} presses not recorded in 7 days`;
  if (fresh) throw new Error(`${said}: 디스크와 DAMSO_SPOOL을 확인해 주십시오 / check the disk and DAMSO_SPOOL`);
  return said;
}

/** A restored older database has again what was destroyed since: the journal beside the keys still says so. */
async function restored(context: CommandContext): Promise<string> {
  const [{ closeDatabase }, { countReturned }] = await Promise.all([
    import("@/lib/db/client"),
    import("@/lib/archive/journal"),
  ]);
  context.atEnd(closeDatabase);
  const back: string[] = [];
  for (const { id, slug } of await listOrganizations(undefined)) {
    const { sessions, files } = await countReturned(operatorOf(id));
    if (sessions + files > 0) back.push(`${slug} ${sessions} + ${files}`);
  }
  if (back.length > 0)
    throw new Error(
      `파기한 상담 기록과 파일이 되살아났습니다(${back.join(", ")}). npm run damso -- retention replay를 실행해 주십시오 / destroyed transcripts and files came back: run npm run damso -- retention replay`,
    );
  return "되살아난 것 없음 / nothing destroyed came back";
}

async function appRole(settings: Env): Promise<string> {
  const client = new pg.Client({
    connectionString: settings.DATABASE_APP_URL,
    connectionTimeoutMillis: 10_000,
    options: "-c timezone=UTC",
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: string; zone: string; owns: number; audit: string[]; mighty: boolean }>(
      `SELECT current_user AS role, current_setting('TimeZone') AS zone,
              (SELECT count(*)::int FROM pg_class c WHERE pg_has_role(c.relowner, 'USAGE') AND c.relnamespace = 'public'::regnamespace) AS owns,
              ARRAY(SELECT c.relname || ' ' || p FROM pg_class c, unnest($1::text[]) p
                    WHERE c.relnamespace = 'public'::regnamespace AND c.relname LIKE 'audit%' AND c.relkind IN ('r', 'p')
                      AND has_table_privilege(c.oid, p)) AS audit,
              (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS mighty`,
      [FORBIDDEN],
    );
    const row = rows[0];
    if (!row) throw new Error("no answer");
    if (row.mighty) throw new Error(`${row.role} 역할이 행 수준 보안을 건너뜁니다 / bypasses row-level security`);
    if (row.owns > 0) throw new Error(`${row.role} 역할이 테이블을 소유합니다 / owns ${row.owns} relations`);
    if (row.audit.length > 0)
      throw new Error(`${row.role} 역할이 감사 기록을 바꿀 수 있습니다 / may ${row.audit.join(", ")}`);
    if (row.zone !== "UTC")
      throw new Error(`${row.role} 역할의 시간대가 ${row.zone}입니다 / its time zone must be UTC`);
    return `${row.role}, UTC, 감사 기록 변경 불가 / cannot change the audit log`;
  } finally {
    await client.end();
  }
}

async function surroundings(settings: Env): Promise<Finding[]> {
  return [
    await find("keyring", async () => privateFolder(settings.DAMSO_KEYRING)),
    await find("files", async () => {
      if (settings.DAMSO_FILES.startsWith("s3://")) {
        await (await import("@/lib/store-bucket")).reachBucket(settings.DAMSO_FILES);
        return settings.DAMSO_FILES;
      }
      return privateFolder(settings.DAMSO_FILES.slice("file:".length));
    }),
    await find("disk", async () => {
      const { bavail, bsize } = statfsSync(settings.DAMSO_KEYRING);
      const free = Math.floor((bavail * bsize) / 1024 ** 2);
      if (free < 300) throw new Error(`${free}MB 남음 / only ${free} MB free`);
      return `${free} MB`;
    }),
    await find("mail", () => mail(settings)),
  ];
}

function privateFolder(folder: string): string {
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  if (process.platform !== "win32" && (statSync(folder).mode & 0o077) !== 0) {
    throw new Error(`다른 계정이 볼 수 있습니다. chmod 700 ${folder} / other accounts can enter it`);
  }
  return folder;
}

async function mail(settings: Env): Promise<string> {
  if (!settings.SMTP_URL) {
    accessSync(settings.DAMSO_MAIL, constants.W_OK);
    return settings.DAMSO_MAIL;
  }
  const { hostname, port, protocol } = new URL(settings.SMTP_URL);
  const target = { host: hostname, port: Number(port || (protocol === "smtps:" ? 465 : 587)) };
  await new Promise<void>((resolve, reject) => {
    const socket = createConnection({ ...target, timeout: 5_000 }, () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
    socket.once("timeout", () => socket.destroy(new Error("timeout")));
  });
  return `${target.host}:${target.port}`;
}

async function find(check: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { check, state: "ok", detail: await look() };
  } catch (error) {
    return { check, state: "bad", detail: explain(error).replaceAll("\n", " / ") };
  }
}
