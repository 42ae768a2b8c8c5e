// Consultations of long ago in the server under test, whose last day is over, and the acts of their destruction by its page.
import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { reckonDue } from "@/lib/archive/reckoning";
import { ingestEvents } from "@/lib/transcripts/commands/ingest-events";
import type { ConsultEvent } from "@/lib/transcripts/schema";
import type { Answer, Caller } from "./harness-caller";
import type { Company } from "./harness-company";
import { row, rows } from "./harness-database";
import { formWith, submit } from "./harness-form";
import { say } from "./probes/probe";

export type Told = {
  /** Damso's id, and the dealer's. */
  id: string;
  externalId: string;
  userKey: string;
  text: string;
};

/** Days after which a consultation of a company of the suite is over for long: a month of silence, and half a year by its policy. */
export const longAgo = 400;

/** A consultation of one message, told `daysAgo`, and reckoned. */
export async function consultOf(company: Company, daysAgo: number, more: Partial<Told> = {}): Promise<Told> {
  const word = randomUUID().replaceAll("-", "");
  const externalId = `due-${word}`;
  const { userKey = `D${word.slice(0, 11)}`, text = `${company.marker} ${word}` } = more;
  const at = new Date(Date.now() - daysAgo * 86_400_000);
  const event: ConsultEvent = {
    ...{ key: `message:${externalId}`, digest: text, kind: "message", sessionId: externalId, userKey, at },
    ...{ extra: null, entry: null, reason: null, direction: "in", row: "text", content: { text } },
  };
  const { connectionId, channelId } = company;
  const dealer = { kind: "dealer", organizationId: company.id, connectionId, address: "192.0.2.9" } as const;
  await ingestEvents(dealer, channelId, [event], new Date());
  const { id } = await row<{ id: string }>(
    "SELECT id FROM consult_sessions WHERE channel_id = $1 AND external_id = $2",
    [channelId, externalId],
  );
  await reckonDue({ kind: "job", name: "reckoning", organizationId: company.id }, new Date());
  return { id, externalId, userKey, text };
}

/** Several that are over, one after the other. */
export async function dueConsults(company: Company, count: number): Promise<Told[]> {
  const told: Told[] = [];
  for (let n = 0; n < count; n += 1) told.push(await consultOf(company, longAgo));
  return told;
}

/** Whether a consultation is still kept. */
export async function isKept(id: string): Promise<boolean> {
  const { kept } = await row<{ kept: boolean }>("SELECT EXISTS (SELECT FROM consult_sessions WHERE id = $1) AS kept", [
    id,
  ]);
  return kept;
}

/** Where destructions are. */
export const runs = "/retention/destructions";

/** Presses a button of a run's page. */
export async function press(
  who: Caller,
  at: string,
  words: string,
  change: Record<string, string> = {},
): Promise<Answer> {
  return submit(who, formWith(await who.get(at), at, { destructionId: true, digest: true }, words), change);
}

const acts = "retention.destructions.acts";
export const idIn = (at: string) => at.slice(at.lastIndexOf("/") + 1);

/** Asks, agrees as the second person, and begins. */
export async function begin(company: Company, at: string, count: number): Promise<void> {
  const asked = await press(company.people.COMPLIANCE_OFFICER.caller, at, say(`${acts}.request`));
  const agreed = await press(company.people.CLIENT_ADMIN.caller, at, say(`${acts}.approve`), { guardSeen: "on" });
  const begun = await press(company.people.COMPLIANCE_OFFICER.caller, at, `${count}건 파기`, {
    phrase: `파기 ${count}`,
  });
  expect([asked.status, agreed.status, begun.status]).toEqual([303, 303, 303]);
}

/** The server's own chore goes on with it. @returns how it ended */
export async function ended(at: string): Promise<string> {
  const over = "SELECT kind FROM destruction_steps WHERE destruction_id = $1 AND kind IN ('finished', 'stopped')";
  const find = async () => (await rows<{ kind: string }>(over, [idIn(at)]))[0]?.kind ?? "";
  await expect.poll(find, { timeout: 60_000, intervals: [200] }).not.toBe("");
  return find();
}
