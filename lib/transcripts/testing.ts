// For the tests of reading: a company with a channel, its connection, and consultations as a dealer brings them.
import { randomUUID } from "node:crypto";
import { openTestCompany } from "@/lib/test-company";
import { addPurpose } from "./commands/edit-purposes";
import { ingestEvents } from "./commands/ingest-events";
import type { ConsultEvent } from "./schema";

export type ReadingCompany = Awaited<ReturnType<typeof openReadingCompany>>;

/** What was said, and the numbers in it. */
export const said = "표식-5d1c 번호는 010-1234-4821 이에요";
export const saidUserKey = "MZjEVK4x18_V";

/** Opens it in the test file's own database. The caller ends `owner`. */
export async function openReadingCompany() {
  const company = await openTestCompany();
  const { owner, ours, officer, strangeOfficer, theirs } = company;
  const connect = async (organizationId: string, channelId: string) => {
    const connectionId = randomUUID();
    await owner.query(
      "INSERT INTO dealer_connections (id, organization_id, channel_id, format, created_by) VALUES ($1, $2, $3, 'canonical', 'test')",
      [connectionId, organizationId, channelId],
    );
    return { kind: "dealer", organizationId, connectionId, address: "192.0.2.9" } as const;
  };
  const { id: channelId } = await company.opened();
  const dealer = await connect(ours, channelId);
  const theirChannelId = randomUUID();
  await owner.query(
    "INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, 'theirs', '남의 채널')",
    [...[theirChannelId, theirs]],
  );
  const theirDealer = await connect(theirs, theirChannelId);
  const purposeOf = (name: string, unmask: boolean, separated: boolean) =>
    addPurpose(officer, { name, scope: "", unmask, separated, position: 0 }, new Date());
  const purposes = {
    full: await purposeOf("분쟁 처리", true, true),
    masked: await purposeOf("정기 감사", false, false),
  };
  const sessionOf = async (channel: string, externalId: string): Promise<string> =>
    (
      await owner.query("SELECT id FROM consult_sessions WHERE channel_id = $1 AND external_id = $2", [
        channel,
        externalId,
      ])
    ).rows[0].id;
  await company.mark();
  return {
    ...company,
    ...{ channelId, dealer, purposes, strangeOfficer },
    /** A consultation in which `said` was said. @returns its id */
    consult: async (more: Partial<ConsultEvent> = {}, elsewhere = false): Promise<string> => {
      const sessionId = randomUUID();
      const at = new Date("2026-11-19T06:48:00Z");
      const event: ConsultEvent = {
        ...{ key: `message:${sessionId}`, digest: said, kind: "message", sessionId, userKey: saidUserKey, at },
        ...{ extra: null, entry: null, reason: null, direction: "in", row: "text", content: { text: said } },
        ...more,
      };
      const channel = elsewhere ? theirChannelId : channelId;
      await ingestEvents(elsewhere ? theirDealer : dealer, channel, [event], new Date("2026-11-19T06:48:01Z"));
      return sessionOf(channel, sessionId);
    },
    /** Exactly these access records since `since`, oldest first. */
    accesses: async (since: Date) =>
      (
        await owner.query(
          `SELECT at, actor_kind, actor_id, address, action, subject, session_id, purpose, reason, count, detail
           FROM access_records WHERE organization_id = $1 AND at >= $2 ORDER BY at, id`,
          [ours, since],
        )
      ).rows,
  };
}
