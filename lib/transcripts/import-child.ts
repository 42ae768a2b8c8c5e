// For imports.test.ts: an import in a process of its own, which stands still behind a batch that is kept, to be killed there.
import { writeSync } from "node:fs";
import { importEvents } from "./commands/import-events";

const [connectionId = "", file = "", organizationId = "", batches = "0"] = process.argv.slice(2);
// The first word is of where it begins.
let kept = -1;
await importEvents({ kind: "operator", name: "test", organizationId }, connectionId, file, () => {
  kept += 1;
  if (kept === 0 || kept !== Number(batches)) return;
  writeSync(1, "at\n");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
