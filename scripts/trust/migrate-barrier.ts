// Stops a migration behind its n-th statement, to be killed there; and what a database consists of, to be compared.
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { connectAsOwner } from "@/lib/db/owner";

const lockNumber = 5_005;

export type Barrier = {
  statement: number;
  /** Resolves once the migration stands still. @throws when it has ended before */
  reached: (ended: Promise<unknown>) => Promise<void>;
  /** Ends what the killed process left at the server, or lets it come to its end; then takes the barrier away. */
  lift: (end: boolean) => Promise<void>;
};

/** @param url owner's connection to a database without migrations @param statement number of the statement that changes the schema */
export async function layBarrier(url: string, statement: number): Promise<Barrier> {
  const owner = await connectAsOwner(url);
  // A sequence counts on where transactions are rolled back.
  await owner.query(`CREATE SCHEMA drill; CREATE SEQUENCE drill.passed;
    CREATE FUNCTION drill.pass() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('drill.passed') = ${statement} THEN PERFORM pg_advisory_lock_shared(${lockNumber}); PERFORM pg_advisory_unlock_shared(${lockNumber}); END IF;
    END $$;
    CREATE EVENT TRIGGER drill_pass ON ddl_command_end EXECUTE FUNCTION drill.pass();
    ALTER EVENT TRIGGER drill_pass ENABLE ALWAYS`);
  await owner.query("SELECT pg_advisory_lock($1)", [lockNumber]);
  const waiting = async () => {
    const { rows } = await owner.query(
      "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
      [lockNumber],
    );
    return rows.length > 0;
  };
  return {
    statement,
    async reached(ended) {
      let over = false;
      ended.then(() => {
        over = true;
      });
      while (!(await waiting())) {
        if (over) throw new Error(`The migration has fewer than ${statement} statements that change the schema`);
        await sleep(10);
      }
    },
    async lift(end) {
      if (end)
        await owner.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
      await owner.query("SELECT pg_advisory_unlock($1)", [lockNumber]);
      await owner.query("SELECT pg_advisory_lock(72707369)");
      await owner.query("DROP EVENT TRIGGER drill_pass; DROP SCHEMA drill CASCADE");
      await owner.end();
    },
  };
}

/** Every table, column, constraint, index, trigger, function, policy, grant and applied migration, a line each (pg_dump may be of another version, or absent). */
export async function schemaOf(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ line: string }>(`
    WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema')
    SELECT line FROM (
      SELECT concat_ws(' ', 'relation', relname, relkind, relrowsecurity, relforcerowsecurity, reloptions::text,
        regexp_replace(relacl::text, 'damso_trust_migrate_\\w+', 'app', 'g'), pg_get_expr(relpartbound, oid),
        CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END) FROM pg_class WHERE relnamespace IN (SELECT oid FROM ours)
      UNION ALL SELECT concat_ws(' ', 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attacl::text,
        pg_get_expr(adbin, adrelid)) FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attnum > 0 AND NOT attisdropped AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace IN (SELECT oid FROM ours))
      UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace IN (SELECT oid FROM ours)
      UNION ALL SELECT 'index ' || pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace IN (SELECT oid FROM ours))
      UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT concat_ws(' ', 'function', pg_get_functiondef(oid), proacl::text) FROM pg_proc
        WHERE prokind IN ('f', 'p') AND pronamespace IN (SELECT oid FROM ours)
      UNION ALL SELECT concat_ws(' ', 'policy', polrelid::regclass, polname, polcmd, polpermissive, polroles::regrole[]::text,
        pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) FROM pg_policy
      UNION ALL SELECT concat_ws(' ', 'type', typname, typtype, (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
        FROM pg_type t WHERE typnamespace IN (SELECT oid FROM ours)
      UNION ALL SELECT concat_ws(' ', 'event trigger', evtname) FROM pg_event_trigger
      UNION ALL SELECT concat_ws(' ', 'extension', extname, extversion) FROM pg_extension
      UNION ALL SELECT concat_ws(' ', 'migration', migration_name, checksum, finished_at IS NOT NULL, rolled_back_at IS NULL) FROM _prisma_migrations
    ) all_lines (line) ORDER BY line`);
  return rows.map(({ line }) => line);
}
