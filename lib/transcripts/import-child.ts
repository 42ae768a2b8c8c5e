// For imports.test.ts: an import in a process of its own, which says each time that rows are kept and can be killed there.
import { importEvents } from "./commands/import-events";

const [connectionId = "", file = "", organizationId = "", batches = "1"] = process.argv.slice(2);
// The first word is of where it begins.
let kept = -1;
await importEvents({ kind: "operator", name: "test", organizationId }, connectionId, file, () => {
  kept += 1;
  if (kept >= Number(batches)) process.stdout.write("at\n");
});
