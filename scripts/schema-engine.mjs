#!/usr/bin/env node
import { randomUUID } from "node:crypto";
// Stand-in for Prisma's native `schema-engine` binary (normally downloaded from the vendor's download host):
// same JSON-RPC over stdio, served by the official WASM build of the same engine commit + @prisma/adapter-pg.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const require = createRequire(import.meta.url);
const dir = path.dirname(require.resolve("@prisma/schema-engine-wasm"));
const glue = await import(path.join(dir, "schema_engine_bg.js"));
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message(m) {
    this.message = m;
  },
  message: "",
};
const { instance } = await WebAssembly.instantiate(readFileSync(path.join(dir, "schema_engine_bg.wasm")), {
  "./schema_engine_bg.js": glue,
});
glue.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

const argv = process.argv.slice(2);
const opts = { datamodels: [] };
let cli = null;
for (let i = 0; i < argv.length; i++) {
  if (argv[i] === "--datamodels") opts.datamodels.push(argv[++i]);
  else if (argv[i] === "--datasource") opts.datasource = JSON.parse(argv[++i]);
  else if (argv[i] === "--version") {
    console.log(`schema-engine-wasm ${glue.version()}`);
    process.exit(0);
  } else if (argv[i] === "cli") {
    cli = argv[i + 1];
    break;
  } else if (argv[i].startsWith("--")) i++;
}
const url = opts.datasource?.url;
const log = (level, fields) =>
  process.stderr.write(
    `${JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target: "schema_engine::logger" })}\n`,
  );

/** @prisma/adapter-pg made fit for migrations: whole scripts (functions, triggers, $$ bodies), the "char" type,
 *  a shadow database that is really another database, one connection (session-level advisory lock). */
function migrationAdapter(url) {
  const base = (database) => {
    const u = new URL(url);
    if (database) u.pathname = `/${database}`;
    const pool = new pg.Pool({ connectionString: u.toString(), max: 1, options: "-c timezone=UTC" });
    return pool;
  };
  const wrap = async (pool, dispose) => {
    const adapter = await new PrismaPg(pool, {
      schema: new URL(url).searchParams.get("schema") ?? undefined,
    }).connect();
    // adapter-pg does not know "char" (OID 18), which the catalog queries return: pass it as bpchar, then tag it Character
    const patchIO = (q) => {
      const io = q.performIO.bind(q),
        raw = q.queryRaw.bind(q);
      let last = [];
      q.performIO = async (query) => {
        if (process.env.DEBUG_SCHEMA_ENGINE)
          process.stderr.write(`SQL ${query.sql.slice(0, 200).replace(/\s+/g, " ")}\n`);
        const r = await io(query);
        const fields = r.fields ?? [];
        last = fields.map((field) => field.dataTypeID === 18);
        for (const field of fields) if (field.dataTypeID === 18) field.dataTypeID = 1042;
        return r;
      };
      q.queryRaw = async (query) => {
        const r = await raw(query);
        last.forEach((isChar, i) => {
          if (isChar) r.columnTypes[i] = ColumnTypeEnum.Character;
        });
        return r;
      };
      return q;
    };
    patchIO(adapter);
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (l) => patchIO(await start(l));
    adapter.executeScript = async (script) => {
      try {
        await pool.query(script);
      } catch (e) {
        adapter.onError(e);
      }
    };
    adapter.dispose = dispose;
    return adapter;
  };
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => {
      const pool = base();
      return wrap(pool, () => pool.end());
    },
    connectToShadowDb: async () => {
      const db = `prisma_migrate_shadow_db_${randomUUID()}`;
      await adminQuery(url, (c) => c.query(`CREATE DATABASE "${db}"`));
      const pool = base(db);
      return wrap(pool, async () => {
        await pool.end();
        await adminQuery(url, (c) => c.query(`DROP DATABASE IF EXISTS "${db}" WITH (FORCE)`));
      });
    },
  };
}
async function adminQuery(url, fn) {
  const u = new URL(url);
  const db = decodeURIComponent(u.pathname.slice(1));
  u.pathname = "/postgres";
  const c = new pg.Client({ connectionString: u.toString() });
  await c.connect();
  try {
    return await fn(c, db, pg);
  } finally {
    await c.end();
  }
}
const createDatabase = (url) =>
  adminQuery(url, async (c, db, pg) => {
    await c.query(`CREATE DATABASE ${pg.escapeIdentifier(db)}`);
    return db;
  });

if (cli) {
  log("INFO", { message: "Starting schema engine CLI" }); // the parent drops the first line
  try {
    if (cli === "can-connect-to-database") {
      const c = new pg.Client({ connectionString: url });
      await c.connect();
      await c.end();
    } else if (cli === "create-database") await createDatabase(url);
    else if (cli === "drop-database")
      await adminQuery(url, (c, db, pg) => c.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(db)} WITH (FORCE)`));
    else throw new Error(`unsupported: ${cli}`);
    process.exit(0);
  } catch (e) {
    const code =
      e.code === "3D000"
        ? "P1003"
        : e.code === "28P01" || e.code === "28000"
          ? "P1000"
          : e.code === "ECONNREFUSED" || e.code === "ENOTFOUND"
            ? "P1001"
            : undefined;
    log("ERROR", { message: e.message || String(e), error_code: code, is_panic: false });
    process.exit(1);
  }
}

process.on("uncaughtException", (e) => {
  // a Rust panic in WASM surfaces here
  log("ERROR", {
    message: globalThis.PRISMA_WASM_PANIC_REGISTRY.message || e.message,
    backtrace: e.stack,
    is_panic: true,
  });
  process.exit(101);
});
let enginePromise;
const engine = () =>
  (enginePromise ??= glue.SchemaEngine.new(
    { datamodels: opts.datamodels.length ? opts.datamodels.map((p) => [p, readFileSync(p, "utf8")]) : undefined },
    (line) => {
      if (process.env.DEBUG_SCHEMA_ENGINE) process.stderr.write(`${line}\n`);
    },
    bindMigrationAwareSqlAdapterFactory(migrationAdapter(url ?? "postgresql://unset.invalid/unset")),
  ));

/** The WASM engine replays migrations on a shadow database only in devDiagnostic/diff; these two read its cache. */
const warm = (name) => async (p) => {
  const e = await engine();
  if (p.migrationsList.migrationDirectories.length)
    await e.diagnoseMigrationHistory({
      migrationsList: p.migrationsList,
      optInToShadowDatabase: true,
      filters: p.filters,
    });
  return e[name](p);
};
const methods = {
  evaluateDataLoss: warm("evaluateDataLoss"),
  createMigration: warm("createMigration"),
  getDatabaseVersion: async (p) => (await engine()).version(p),
  createDatabase: async (p) => ({ databaseName: await createDatabase(p?.datasource?.url ?? url) }),
  diff: async (p) => {
    const r = await (await engine()).diff(p);
    if (r.stdout != null) {
      send({ jsonrpc: "2.0", id: nextPrintId--, method: "print", params: { content: r.stdout } });
      r.stdout = null;
    }
    return r;
  },
};
let nextPrintId = -1;
const send = (o) => process.stdout.write(`${JSON.stringify(o)}\n`);
const pending = new Set();
const rl = createInterface({ input: process.stdin, crlfDelay: Infinity });
rl.on("line", (line) => {
  const msg = JSON.parse(line);
  if (!msg.method) return;
  const run = (async () => {
    try {
      const result = methods[msg.method]
        ? await methods[msg.method](msg.params)
        : await (await engine())[msg.method](msg.params);
      send({ jsonrpc: "2.0", id: msg.id, result: result ?? {} });
    } catch (e) {
      const panic = e?.name === "RuntimeError";
      send({
        jsonrpc: "2.0",
        id: msg.id,
        error: {
          code: 4466,
          message: "An error happened. Check the data field for details.",
          data: {
            is_panic: panic,
            message: panic ? globalThis.PRISMA_WASM_PANIC_REGISTRY.message : (e?.message ?? String(e)),
            error_code: e?.code ?? null,
            meta: e?.meta ?? null,
          },
        },
      });
    }
  })().finally(() => pending.delete(run));
  pending.add(run);
});
rl.on("close", async () => {
  await Promise.allSettled([...pending]);
  process.exit(0);
});
