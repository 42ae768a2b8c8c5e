// A company for tests: people of each role here and one elsewhere, and how many entries the audit log has.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { expect } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { openChannel } from "@/lib/channels/commands/open-channel";
import { openChannelSchema } from "@/lib/channels/schema";
import type { Role } from "@/prisma/generated/enums";

/** What an entry of the audit log says beside what and by whom. */
export type OneEvent = { body: string; reason: string; subject: string | null; result: string };

export type TestCompany = Awaited<ReturnType<typeof openTestCompany>>;

/** Opens two organizations in the test file's own database. The caller ends `owner`. */
export async function openTestCompany() {
  const owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  const [ours, theirs] = [randomUUID(), randomUUID()];
  for (const [id, slug] of [
    [ours, `ours-${ours}`],
    [theirs, `theirs-${theirs}`],
  ]) {
    await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, '주식회사 한결생활')", [id, slug]);
  }
  const join = async (role: Role, organizationId = ours): Promise<PersonActor> => {
    const person: PersonActor = {
      ...{ kind: "person", personId: randomUUID(), organizationId, role, signInId: randomUUID(), address: "192.0.2.1" },
    };
    const { personId } = person;
    await owner.query("INSERT INTO persons (id, email, name) VALUES ($1, $2, $3)", [
      ...[personId, `${personId}@x.example`, role],
    ]);
    await owner.query("INSERT INTO memberships (organization_id, person_id, role) VALUES ($1, $2, $3)", [
      ...[organizationId, personId, role],
    ]);
    return person;
  };
  const people = {
    admin: await join("CLIENT_ADMIN"),
    second: await join("CLIENT_ADMIN"),
    officer: await join("COMPLIANCE_OFFICER"),
    marketer: await join("MARKETER"),
    auditor: await join("AUDITOR"),
    stranger: await join("CLIENT_ADMIN", theirs),
    strangeOfficer: await join("COMPLIANCE_OFFICER", theirs),
  };
  let serial = 0;
  let events = 0;
  const countEvents = async () =>
    Number((await owner.query("SELECT count(*) FROM audit_events WHERE action <> 'access.denied'")).rows[0].count);
  const mark = async () => {
    events = await countEvents();
  };
  return {
    ...{ ours, theirs, owner, mark },
    /** One more person, here unless said otherwise. */
    join,
    ...people,
    /** Opens a channel of infobank; nothing is said of it. */
    opened: async (more: object = {}) => {
      serial += 1;
      const given = { searchId: `test${serial}`, name: "한결생활", dealer: "infobank", categoryCode: "00100010001" };
      const id = await openChannel(people.admin, openChannelSchema.parse({ ...given, ...more }));
      await mark();
      return { id, phrase: `@test${serial}` };
    },
    /** Exactly one entry since `mark`, and it is this one. */
    expectOneEvent: async (action: string, targetId: string): Promise<OneEvent> => {
      expect((await countEvents()) - events).toBe(1);
      const { rows } = await owner.query(
        "SELECT action, target_id, organization_id, body, reason, subject, result FROM audit_events WHERE action <> 'access.denied' ORDER BY at DESC LIMIT 1",
      );
      expect(rows[0]).toMatchObject({ action, target_id: targetId, organization_id: ours });
      return rows[0];
    },
    /** Entries since `mark`. */
    newEvents: async () => (await countEvents()) - events,
    expectNoEvent: async () => expect(await countEvents()).toBe(events),
  };
}
