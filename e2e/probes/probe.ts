// A probe: the real request behind one permission, and the proof that it was done.
import { randomBytes, randomUUID } from "node:crypto";
import type { Permission } from "@/lib/auth/permissions";
import { sentence } from "@/lib/messages";
import type { Role } from "@/prisma/generated/enums";
import type { Answer, Caller } from "../harness-caller";
import type { Company } from "../harness-company";
import { row } from "../harness-database";
import { type Changes, formWith, submit } from "../harness-form";

/** What a probe touches, by field name. */
export type Target = Readonly<Record<string, string>>;

export type Probe = {
  /** Makes what is touched, anew for every cell, in a company; `role` is who will ask where that matters. */
  target: (company: Company, role: Role) => Promise<Target>;
  /** Sends it as `who`. Forms come from the pages of `home`, opened by somebody who may: a replay where `who` may not. */
  act: (who: Caller, target: Target, home: Company) => Promise<Answer>;
  /** Whether it was done, or shown. */
  effect: (target: Target, answer: Answer) => Promise<boolean>;
  /** Which values of the target name it: these are replaced for a thing that is not there. None: it names nothing. */
  ids: readonly string[];
  /** What somebody without the right is told. Next answers a refused form with 404, a refused page with 403. */
  refusal: 403 | 404;
  /** The permission that is refused first, where the way leads over another one. */
  asked?: Permission;
};

/** The same target, but with ids that nobody has. */
export function missing(probe: Probe, target: Target): Target {
  const gone = (value: string) => (value.includes("-") && value.length === 36 ? randomUUID() : newFileId());
  return Object.fromEntries(
    Object.entries(target).map(([name, value]) => [name, probe.ids.includes(name) ? gone(value) : value]),
  );
}

const newFileId = () => randomBytes(16).toString("base64url");

export type FormOrder = {
  /** Somebody who may open the page. */
  giver: Caller;
  page: string;
  /** Fields the form has, with their values where that tells it apart. */
  has?: Readonly<Record<string, string | true>>;
  /** What its button says. */
  words?: string;
  change?: Changes;
};

/** Sends a form of a page that `giver` may open, with changes, as `who`. */
export async function sendForm(
  who: Caller,
  { giver, page, has = {}, words = "", change = {} }: FormOrder,
): Promise<Answer> {
  return submit(who, formWith(await giver.get(page), page, has, words), change);
}

/** What a button says, by its key in messages/ko. */
export const say = (key: string): string => sentence(key, "ko");

export const count = async (text: string, ...values: unknown[]): Promise<number> =>
  Number((await row<{ n: string }>(text, values)).n);

/** A word of Hangul, letters and digits that nobody has used. */
export const fresh = () => `새${randomBytes(5).toString("hex")}`;
