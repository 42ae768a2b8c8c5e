#!/usr/bin/env node
// npm run damso -- <command>: the operator's command. Makes TypeScript readable, then hands over to scripts/damso/program.ts.
import "./node-version.mjs";
import fs from "node:fs";
import path from "node:path";
import { must } from "./progress.mjs";
import { root, state } from "./settings.mjs";
import { explain, setupError } from "./setup-error.mjs";
import { clientInputs, whenStale } from "./stale.mjs";

// The terminal's folder, before ours: files that a person names are relative to it (npm says it in INIT_CWD).
const from = process.env.INIT_CWD || process.cwd();

try {
  process.chdir(root);
  if (!fs.existsSync("node_modules/tsx")) {
    throw setupError(
      "의존성이 없습니다. 먼저 npm run up 또는 npm ci를 실행하십시오.",
      "Nothing is installed yet: run npm run up or npm ci first.",
    );
  }
  await whenStale("prisma/generated/stamp", clientInputs, () =>
    must("데이터베이스 클라이언트 생성", process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
      log: path.join(state, "logs", "generate.log"),
    }),
  );
  const { register } = await import("tsx/esm/api");
  register();
  const { runProgram } = await import("./damso/program.ts");
  process.exit(await runProgram(process.argv.slice(2), from));
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
