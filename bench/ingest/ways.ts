// The ways of taking messages in. Each lap makes what is sent, does the work within the clock, and looks whether it was right.
import { fork } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { importEvents } from "@/lib/transcripts/commands/import-events";
import type { BenchCompany } from "./company";
import type { Limit } from "./limit";
import { openPlain } from "./plain-client";
import type { Posted, Posts } from "./post";
import { checkPlain, checkProduct, checkReady } from "./right";
import { lineOf, makeSent, perSession, sealReady, writeLines } from "./sent";

/** `work` tells the seconds that it took; `check` null when it was right. */
export type Lap = { rows: number; work: () => Promise<number>; check: () => Promise<string | null> };
export type Way = {
  key: "limit" | "createMany" | "create" | "import" | "single" | "batch" | "plainPost";
  pids: () => number[];
  /** @param name of its sessions, short and its own */
  lap: (name: string, rows: number) => Lap;
};

export type Ground = {
  owner: pg.Client;
  folder: string;
  company: BenchCompany;
  limit: Limit;
  connections: number;
  product: { port: number; pid: number };
  plain: { port: number; pid: number };
};

const atOnce = 1_000;
const perPost = 100;
const creators = 8;
const own = () => [process.pid];

export function openWays(ground: Ground): { ways: Way[]; end: () => Promise<void> } {
  const { owner, folder, company, limit } = ground;
  const { organizationId, otherOrganizationId } = company;
  const prisma = openPlain();
  const key = randomBytes(32);
  const file = (name: string) => path.join(folder, name);
  const now = () => new Date();

  const readyLap = (name: string, rows: number, where: "messages" | "plain") => {
    const sent = makeSent(name, rows, now());
    const sessions = Array.from({ length: Math.ceil(rows / perSession) }, () => randomUUID());
    const ready = sealReady(key, sent, sessions);
    const data = ready.map(({ sealed, ...row }) => ({
      ...{ shelf: "open", organizationId: otherOrganizationId, direction: "in", kind: "text" },
      ...{ ...row, sealed: Uint8Array.from(sealed) },
    }));
    return { ready, data, check: () => checkReady(owner, where, key, ready, sent) };
  };

  const posting = (name: string, rows: number, each: number): Lap => {
    const sent = makeSent(name, rows, now());
    const bodies = split(sent.map(lineOf), each).map((lines) => lines.join("\n"));
    writeFileSync(file(name), JSON.stringify(bodies));
    const work = () => postAll(hookOf(ground, file(name)));
    return {
      rows,
      work,
      check: async () => {
        const fault = await checkProduct(owner, organizationId, name, sent);
        await work();
        return fault ?? twice(await checkProduct(owner, organizationId, name, sent));
      },
    };
  };

  const ways: Way[] = [
    {
      key: "limit",
      pids: () => limit.pids,
      lap: (name, rows) => {
        const { ready, check } = readyLap(name, rows, "messages");
        limit.prepare(file(name), ready);
        return { rows, work: () => timed(() => limit.put(file(name), ready)), check };
      },
    },
    {
      key: "import",
      pids: own,
      lap: (name, rows) => {
        const sent = makeSent(name, rows, now());
        writeLines(file(name), sent);
        const bring = () => importEvents(company.operator, company.connectionId, file(name), () => undefined);
        return {
          rows,
          work: () => timed(bring),
          check: async () => {
            const fault = await checkProduct(owner, organizationId, name, sent);
            // An empty line more: another file to the import, with the same messages.
            writeLines(file(name), sent, "\n");
            const { stored, known, run } = await bring();
            const more =
              stored === 0 && known >= rows && run === "new" ? null : `again: ${stored} stored, ${known} known`;
            return fault ?? more ?? twice(await checkProduct(owner, organizationId, name, sent));
          },
        };
      },
    },
    {
      key: "createMany",
      pids: own,
      lap: (name, rows) => {
        const { data, check } = readyLap(name, rows, "plain");
        const work = () =>
          timed(async () => {
            for (const part of split(data, atOnce)) await prisma.message.createMany({ data: part });
          });
        return { rows, work, check };
      },
    },
    {
      key: "create",
      pids: own,
      lap: (name, rows) => {
        const fewer = Math.ceil(rows / 4);
        const { data, check } = readyLap(name, fewer, "plain");
        const left = data.values();
        const one = async () => {
          for (const row of left) await prisma.message.create({ data: row });
        };
        const work = () => timed(() => Promise.all(Array.from({ length: creators }, one)));
        return { rows: fewer, work, check };
      },
    },
    { key: "single", pids: () => [ground.product.pid], lap: (name, rows) => posting(name, Math.ceil(rows / 2), 1) },
    { key: "batch", pids: () => [ground.product.pid], lap: (name, rows) => posting(name, rows, perPost) },
    {
      key: "plainPost",
      pids: () => [ground.plain.pid],
      lap: (name, rows) => {
        const sent = makeSent(name, Math.ceil(rows / 8), now());
        writeFileSync(file(name), JSON.stringify(sent.map(lineOf)));
        const work = () =>
          postAll({ port: ground.plain.port, path: "/", file: file(name), connections: ground.connections });
        return { rows: sent.length, work, check: () => checkPlain(owner, sent) };
      },
    },
  ];
  return { ways, end: () => prisma.$disconnect() };
}

/** Single posts to the product, so many a second. @returns what was measured, and what was wrong */
export async function pace(
  { owner, folder, company, ...ground }: Ground,
  perSecond: number,
  seconds: number,
): Promise<Posted & { fault: string | null }> {
  const sent = makeSent("pace", Math.ceil(perSecond * seconds), new Date());
  const file = path.join(folder, "pace");
  writeFileSync(file, JSON.stringify(sent.map(lineOf)));
  const posted = await postFile({ ...hookOf({ company, ...ground }, file), perSecond });
  return { ...posted, fault: await checkProduct(owner, company.organizationId, "pace", sent) };
}

function hookOf(
  { product, company, connections }: Pick<Ground, "product" | "company" | "connections">,
  file: string,
): Posts {
  return { port: product.port, path: `/hooks/${company.token}/events`, file, connections };
}

/** @returns seconds by the poster's clock: its start does not count */
async function postAll(posts: Posts): Promise<number> {
  const { wrong, seconds } = await postFile(posts);
  if (wrong > 0) throw new Error(`${wrong} posts were answered otherwise than with 200`);
  return seconds;
}

function postFile(posts: Posts): Promise<Posted> {
  const child = fork(path.join(import.meta.dirname, "post.ts"), { execArgv: ["--import", "tsx"] });
  child.send(posts);
  return new Promise((resolve, reject) => {
    child.once("message", (done) => resolve(done as Posted));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The posts ended with ${code}`)));
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1_000;
}

function split<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}

function twice(fault: string | null): string | null {
  return fault && `sent again: ${fault}`;
}
