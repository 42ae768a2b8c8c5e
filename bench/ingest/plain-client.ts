// The plain way's Prisma: the same model over a plain copy of the table, in a schema of its own.
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/prisma/generated/client";

export const plainSchema = "bench_plain";

export function openPlain(): PrismaClient {
  const connectionString = process.env.DATABASE_APP_URL;
  return new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 16 }, { schema: plainSchema }) });
}

/** Not partitioned, no rules of rows; the same indexes. */
export const makePlain = `CREATE SCHEMA ${plainSchema};
  CREATE TABLE ${plainSchema}.messages (LIKE messages INCLUDING DEFAULTS, PRIMARY KEY (shelf, id));
  CREATE INDEX ON ${plainSchema}.messages (session_id, at);
  CREATE INDEX ON ${plainSchema}.messages (organization_id);
  GRANT USAGE ON SCHEMA ${plainSchema} TO damso_app;
  GRANT SELECT, INSERT ON ${plainSchema}.messages TO damso_app`;
