// The application's connection: its own role, which owns nothing. Only lib/auth, lib/audit and lib/db open transactions.
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/env";
import { type Prisma, PrismaClient } from "@/prisma/generated/client";
import { prepareConnections } from "./opening";

/** What queries and commands are handed: a transaction with its organization set. */
export type Tx = Prisma.TransactionClient;

// One client per process, also across Next's bundles and the server's own modules.
const shared = globalThis as typeof globalThis & { damsoDatabase?: PrismaClient };

/** The shared client. UTC on every connection; a statement ends after 30 s, a forgotten transaction after 60 s. */
export function database(): PrismaClient {
  shared.damsoDatabase ??= new PrismaClient({ adapter: new PrismaPg(connections(), { disposeExternalPool: true }) });
  return shared.damsoDatabase;
}

function connections(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_APP_URL,
    max: 16,
    connectionTimeoutMillis: 5_000,
    options: "-c timezone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000",
    application_name: "damso",
  });
  prepareConnections(pool);
  return pool;
}

/** Ends every connection: for commands and tests that should stop. */
export async function closeDatabase(): Promise<void> {
  await shared.damsoDatabase?.$disconnect();
  shared.damsoDatabase = undefined;
}
