import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { alive, Users, withLock } from "./processes.mjs";

const folder = () => mkdtempSync(path.join(tmpdir(), "damso-processes-"));

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

test("a lock lets one work at a time", async () => {
  const file = path.join(folder(), "lock");
  const order: string[] = [];
  const work = (name: string) =>
    withLock(`${file}`, async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
    });
  await Promise.all([work("one"), work("two")]);
  expect(order).toEqual(["one begins", "one ends", "two begins", "two ends"]);
  expect(existsSync(file)).toBe(false);
});

test("the lock of a dead process is taken over", async () => {
  const file = path.join(folder(), "lock");
  writeFileSync(file, String(await deadProcess()));
  expect(await withLock(file, async () => "done", { waitSeconds: 1 })).toBe("done");
});

test("the lock of a living process is respected, with a sentence at the end of patience", async () => {
  const file = path.join(folder(), "lock");
  writeFileSync(file, String(process.ppid));
  await expect(withLock(file, async () => "done", { waitSeconds: 0.2 })).rejects.toMatchObject({ name: "SetupError" });
});

test("only living users count", async () => {
  const users = new Users(folder());
  const gone = await deadProcess();
  users.add();
  users.add(String(gone));
  expect(alive(gone)).toBe(false);
  expect(users.living()).toEqual([String(process.pid)]);
  users.add("keep");
  users.remove();
  expect(users.living()).toEqual(["keep"]);
});
