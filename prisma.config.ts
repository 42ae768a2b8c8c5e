import path from "node:path";
import { defineConfig } from "prisma/config";

// Prisma would download its native schema engine; ours is the same engine as WebAssembly, from npm, so that a closed
// network can build. A script cannot be spawned as a binary on Windows: there Prisma's own way stays.
if (process.platform !== "win32") {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, "scripts/schema-engine.mjs");
}

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://unset@127.0.0.1:1/unset" },
});
