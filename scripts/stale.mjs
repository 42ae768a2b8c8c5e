// Whether a derived thing (the Prisma client, the build) still belongs to its sources, by the hash of their contents.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { root } from "./settings.mjs";

/** What the build is made of. */
export const buildInputs = [
  ...["app", "components", "i18n", "lib", "messages", "prisma/schema", "public", "server"],
  ...[
    "instrumentation.ts",
    "next.config.ts",
    "postcss.config.mjs",
    "tsconfig.json",
    "package.json",
    "package-lock.json",
  ],
];
/** What the Prisma client is made of. */
export const clientInputs = ["prisma/schema", "prisma.config.ts", "package-lock.json"];

/** @param {string[]} inputs files and folders of the checkout @returns {string} */
export function digest(inputs) {
  const hash = createHash("sha256");
  for (const input of inputs) add(hash, input);
  return hash.digest("hex");
}

function add(hash, relative) {
  const full = path.join(root, relative);
  const entry = fs.statSync(full, { throwIfNoEntry: false });
  if (!entry) return;
  if (entry.isDirectory()) {
    for (const name of fs.readdirSync(full).sort()) add(hash, path.join(relative, name));
  } else if (!/\.(test\.tsx?|md)$/.test(relative)) {
    hash.update(`${relative}\n${entry.size}\n`).update(fs.readFileSync(full));
  }
}

/** Runs `work` unless the stamp says that it was done for these inputs. @param {string} stamp @param {string[]} inputs
 * @param {() => Promise<void>} work @returns {Promise<boolean>} whether it ran */
export async function whenStale(stamp, inputs, work) {
  const file = path.join(root, stamp);
  const now = digest(inputs);
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === now) return false;
  fs.rmSync(file, { force: true });
  await work();
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, now);
  return true;
}
