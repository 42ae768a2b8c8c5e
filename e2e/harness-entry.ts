// The ways in, walked as a browser without JavaScript walks them.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "@playwright/test";
import { type Answer, Caller } from "./harness-caller";
import { sessionCookieName } from "./harness-company";
import { formWith, submit } from "./harness-form";

/** Fills and sends the sign-in page. */
export async function trySignIn(who: Caller, email: string, password: string, address = "/sign-in"): Promise<Answer> {
  const form = formWith(await who.get(address), address, { email: true, password: true });
  return submit(who, form, { email, password });
}

/** The same, and it must have worked. */
export async function enter(email: string, password: string): Promise<Caller> {
  const who = new Caller();
  const answer = await trySignIn(who, email, password);
  expect([answer.status, who.jar.has(sessionCookieName)]).toEqual([303, true]);
  return who;
}

/** Whether somebody is signed in: the own account's page opens. */
export async function isIn(who: Caller): Promise<boolean> {
  const answer = await who.get("/account");
  if (answer.status !== 200)
    expect([answer.status, answer.headers.location]).toEqual([307, "/sign-in?next=%2Faccount"]);
  return answer.status === 200;
}

const mailFolder = process.env.DAMSO_MAIL ?? path.resolve(".damso/mail");

/** The path of the newest mailed link to an address that `not` does not name, once it is there. */
export async function mailedLink(to: string, kind: "invite" | "reset", not = ""): Promise<string> {
  let link = "";
  const look = () => {
    const letters = readdirSync(mailFolder).filter((name) => name.endsWith(".eml"));
    for (const name of letters.sort().reverse()) {
      const letter = readFileSync(path.join(mailFolder, name), "utf8");
      const found = letter.includes(`To: ${to}`) ? linkIn(letter, kind) : "";
      if (found !== "" && found !== not) return found;
    }
    return "";
  };
  await expect
    .poll(
      () => {
        link = look();
        return link;
      },
      { timeout: 20_000, intervals: [100] },
    )
    .not.toBe("");
  return link;
}

/** The whole link of a letter, host and all. */
export function linkIn(letter: string, kind: "invite" | "reset"): string {
  return new RegExp(`https?://[^\\s/]+/${kind}/[\\w-]{43}`).exec(textOf(letter))?.[0] ?? "";
}

function textOf(letter: string): string {
  const body = letter.slice(letter.search(/\r?\n\r?\n/)).trim();
  if (/transfer-encoding: base64/i.test(letter)) return Buffer.from(body, "base64").toString("utf8");
  const joined = body.replaceAll(/=\r?\n/g, "");
  return joined.replaceAll(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
