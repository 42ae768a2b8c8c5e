// What only time tells (trust.md P-13, P-55): part of `npm run trust`, never of the check.
import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { hashPassword } from "@/lib/password";
import { Caller } from "../harness-caller";
import { join, openCompany } from "../harness-company";
import { owner, row } from "../harness-database";
import { trySignIn } from "../harness-entry";
import { formWith, submit } from "../harness-form";
import { freshId, opened, tell } from "../harness-hook";

const whole = process.env.DAMSO_TRUST === "whole";
const seconds = Number(process.env.DAMSO_TRUST_SECONDS ?? 300);

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function expectAlike(name: string, times: Readonly<Record<string, number[]>>): void {
  const medians = Object.entries(times).map(([who, values]) => [who, median(values)] as const);
  console.log(`${name}: ${medians.map(([who, ms]) => `${who} ${ms.toFixed(1)} ms`).join(", ")}`);
  const [low, high] = [Math.min(...medians.map(([, ms]) => ms)), Math.max(...medians.map(([, ms]) => ms))];
  expect([name, high - low <= 5 || high <= low * 1.1]).toEqual([name, true]);
}

if (whole) {
  test("sign-in and reset take as long for an address without an account (P-13)", async () => {
    test.setTimeout(600_000);
    const company = await openCompany();
    const hash = await hashPassword(company.password);
    const tries = 40;
    const word = () => `t${randomBytes(6).toString("hex")}`;
    const known = async (ended: boolean) => {
      const { email, personId } = await join(company, "MARKETER", hash, word());
      if (ended)
        await (await owner()).query("UPDATE memberships SET disabled_at = now() WHERE person_id = $1", [personId]);
      return email;
    };
    // Eight tries each: an account is locked after ten.
    const emails: Record<string, string[]> = { known: [], disabled: [], unknown: [] };
    for (let at = 0; at < tries / 8; at += 1) {
      emails.known?.push(await known(false));
      emails.disabled?.push(await known(true));
      emails.unknown?.push(`${word()}@${company.marker}.example`);
    }
    const entry = new Caller();
    const signIn = formWith(await entry.get("/sign-in"), "/sign-in", { email: true, password: true });
    const times: Record<string, number[]> = { known: [], disabled: [], unknown: [] };
    for (let time = 0; time < tries; time += 1)
      for (const [who, list] of Object.entries(emails)) {
        const email = list[time % list.length] ?? "";
        const started = performance.now();
        await submit(new Caller(), signIn, { email, password: "wrong password" });
        times[who]?.push(performance.now() - started);
      }
    expectAlike("sign-in", times);

    const reset = formWith(await entry.get("/reset"), "/reset", { email: true });
    const asked: Record<string, number[]> = { known: [], disabled: [], unknown: [] };
    for (let time = 0; time < tries; time += 1)
      for (const who of Object.keys(asked)) {
        const email = who === "unknown" ? `${word()}@${company.marker}.example` : await known(who === "disabled");
        const started = performance.now();
        await submit(new Caller(), reset, { email });
        asked[who]?.push(performance.now() - started);
      }
    expectAlike("reset", asked);
  });

  test("a right password behind a lock takes no longer than a wrong one (P-12)", async () => {
    const company = await openCompany();
    const { email } = company.people.MARKETER;
    for (let time = 0; time < 11; time += 1) await trySignIn(new Caller(), email, "wrong");
    const form = formWith(await new Caller().get("/sign-in"), "/sign-in", { email: true });
    const times: Record<string, number[]> = { wrong: [], right: [] };
    for (let time = 0; time < 30; time += 1)
      for (const who of Object.keys(times)) {
        const started = performance.now();
        await submit(new Caller(), form, { email, password: who === "right" ? company.password : "wrong" });
        times[who]?.push(performance.now() - started);
      }
    expectAlike("locked", times);
  });

  test(`a hook takes fifty posts a second for ${seconds} s, each in time, none lost (P-55)`, async () => {
    test.setTimeout((seconds + 120) * 1_000);
    const company = await openCompany();
    const prefix = freshId();
    const times: number[] = [];
    const failures: number[] = [];
    const posts: Promise<void>[] = [];
    const started = performance.now();
    const total = seconds * 50;
    await new Promise<void>((resolve) => {
      const beat = setInterval(() => {
        const due = Math.min(total, Math.floor(((performance.now() - started) / 1_000) * 50));
        while (posts.length < due) posts.push(one(posts.length));
        if (posts.length < total) return;
        clearInterval(beat);
        resolve();
      }, 10);
    });
    await Promise.all(posts);
    async function one(at: number): Promise<void> {
      const sent = performance.now();
      const { status } = await tell(company, opened(company, { sessionId: `${prefix}-${at}` }));
      times.push(performance.now() - sent);
      if (status !== 200) failures.push(status);
    }
    times.sort((a, b) => a - b);
    const p99 = times[Math.floor(times.length * 0.99)] ?? 0;
    const slowest = times.at(-1) ?? 0;
    console.log(
      `hook: ${total} posts, p50 ${median([...times]).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms`,
    );
    const { n } = await row<{ n: string }>("SELECT count(*) n FROM consult_sessions WHERE external_id LIKE $1", [
      `${prefix}-%`,
    ]);
    expect({ failures: failures.length, lost: total - Number(n), p99: p99 <= 500, slowest: slowest < 3_000 }).toEqual({
      ...{ failures: 0, lost: 0, p99: true, slowest: true },
    });
  });
}
