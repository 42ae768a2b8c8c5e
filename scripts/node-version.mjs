// Imported first by every entry: an older Node gets one sentence before it meets anything that it does not know.
import fs from "node:fs";

const wanted = JSON.parse(fs.readFileSync(new URL("../package.json", import.meta.url), "utf8")).engines.node.replace(
  ">=",
  "",
);
const [major, minor] = process.versions.node.split(".").map(Number);
const [needMajor, needMinor] = wanted.split(".").map(Number);

if (major < needMajor || (major === needMajor && minor < needMinor)) {
  console.error(`Node.js ${wanted} 이상이 필요합니다. 지금은 ${process.versions.node}입니다.`);
  console.error(`Node.js ${wanted} or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}
