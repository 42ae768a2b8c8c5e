// For import-drill.ts, in a process with the drill's settings: SHA-256 over every opened consultation of a channel, in its dealer's order.
import { createHash } from "node:crypto";
import { read } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { exportedParts } from "@/lib/transcripts/commands/export-source";

const [organizationId = "", channelId = ""] = process.argv.slice(2);
const actor = { kind: "operator", name: "trust", organizationId } as const;
const permission = "transcript:export";
const ids = await read(actor, permission, (tx) =>
  tx.consultSession.findMany({ where: { channelId }, select: { id: true }, orderBy: { id: "asc" } }),
);
const sessions = ids.map(({ id }) => id);
const opened = new Map<string, string[]>();
const page = async (_tx: unknown, after: string, take: number) => {
  const from = sessions.findIndex((id) => id > after);
  return from === -1 ? [] : sessions.slice(from, from + take);
};
for await (const part of exportedParts({ actor, permission, masked: false, ids: page }, async () => {})) {
  const { externalId, user, openedAt, endedAt } = part.session;
  const lines = opened.get(externalId) ?? [JSON.stringify({ externalId, user, openedAt, endedAt })];
  lines.push(...part.messages.map((message) => JSON.stringify(message)));
  opened.set(externalId, lines);
}
const hash = createHash("sha256");
for (const [name, lines] of [...opened].sort(([a], [b]) => (a < b ? -1 : 1)))
  hash.update(`${name}\n${lines.join("\n")}\n`);
const messages = [...opened.values()].reduce((sum, lines) => sum + lines.length - 1, 0);
process.stdout.write(`${JSON.stringify({ sessions: opened.size, messages, sha256: hash.digest("hex") })}\n`);
await closeDatabase();
