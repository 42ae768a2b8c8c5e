// One server of the drill of destruction, with the ports from which it speaks to the database.
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../postgres.mjs";
import { endServer, startServer, untilReady } from "../serve.mjs";

export type Instance = ReturnType<typeof startServer> & {
  /** Local TCP ports of its open connections (Linux). */
  ports: () => Set<number>;
  end: () => Promise<void>;
};

const open = new Set<Instance>();

/** The first has the stage's port; another one a free port beside it. `more`: settings of this one alone; `wanted`: what it is to answer. */
export async function openInstance(
  more: Record<string, string> = {},
  wanted: "/readyz" | "/healthz" = "/readyz",
): Promise<Instance> {
  const port = await freePort(Number(process.env.PORT));
  const output = openSync(path.join(process.env.DAMSO_MAIL ?? "", "..", "..", "destroy-server.log"), "a");
  const server = startServer({ env: { ...process.env, ...more, PORT: String(port) }, output });
  closeSync(output);
  const instance: Instance = {
    ...server,
    ports: () => portsOf(server.child.pid ?? 0),
    end: async () => {
      open.delete(instance);
      await endServer(server);
    },
  };
  open.add(instance);
  server.ended.then(() => open.delete(instance));
  if (wanted === "/readyz") await untilReady({ host: "127.0.0.1", port }, server.ended);
  else await untilAnswers(`http://127.0.0.1:${port}${wanted}`);
  return instance;
}

async function untilAnswers(address: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error(`No answer from ${address}`);
}

/** So many servers as wanted, those that stand already among them. */
export async function standing(count: number): Promise<Instance[]> {
  for (const extra of [...open].slice(count)) await extra.end();
  while (open.size < count) await openInstance();
  return [...open];
}

/** Ends what a broken round left running, stopped ones too. */
export async function endInstances(): Promise<void> {
  for (const one of [...open]) {
    one.child.kill("SIGCONT");
    await one.end();
  }
}

function portsOf(pid: number): Set<number> {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        // Closed meanwhile.
        return [];
      }
    }),
  );
  const lines = ["tcp", "tcp6"].flatMap((name) =>
    readFileSync(`/proc/${pid}/net/${name}`, "utf8").split("\n").slice(1),
  );
  const owned = lines.map((line) => line.trim().split(/\s+/)).filter((fields) => sockets.has(fields[9] ?? ""));
  return new Set(owned.map((fields) => Number.parseInt(fields[1]?.split(":").at(-1) ?? "", 16)));
}
