import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden, NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { createConnection } from "./commands/create-connection";
import { closeConnection } from "./commands/edit-connection";
import { closeAccess, openAccess } from "./commands/open-access";
import { tryAccess } from "./commands/try-access";
import { dealerOf, getAccess } from "./queries/dealer-access";
import { openAccessSchema } from "./schema/access";

let company: TestCompany;
beforeAll(async () => {
  company = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

async function connection(format: "infobank" | "happytalk" | "canonical" = "infobank"): Promise<string> {
  const channelId = randomUUID();
  const search = `c${channelId.slice(0, 8)}`;
  await company.owner.query(
    "INSERT INTO channels (id, organization_id, search_id, name, sender_key) VALUES ($1, $2, $3, $3, $4)",
    [channelId, company.admin.organizationId, search, channelId.replaceAll("-", "").padEnd(40, "0")],
  );
  const made = await createConnection(company.admin, { channelId, format, allowedFrom: [], signed: false });
  await company.mark();
  return made.connectionId;
}
const asked = (connectionId: string, more: object = {}) =>
  openAccessSchema.parse({ connectionId, key: "key-1", ...more });
const clientOf = (connectionId: string) => dealerOf(company.admin, "connection:call", { connectionId });

describe("calls to a dealer", () => {
  it("are nobody's until an administrator allows them, and nobody's again once taken back", async () => {
    const id = await connection();
    expect(await clientOf(id)).toBeNull();
    await openAccess(company.admin, asked(id));
    await company.expectOneEvent("connection.calls-opened", id);
    expect(await getAccess(company.admin, id)).toMatchObject({ address: "" });
    expect(await clientOf(id)).not.toBeNull();
    await closeAccess(company.admin, id);
    expect(await clientOf(id)).toBeNull();
    await expect(closeAccess(company.admin, id)).rejects.toThrow(Refused);
  });

  it("end with the connection, and their keys are forgotten with them", async () => {
    const id = await connection();
    await openAccess(company.admin, asked(id));
    await openAccess(company.admin, asked(id, { key: "key-2" }));
    await closeConnection(company.admin, id, new Date());
    expect(await clientOf(id)).toBeNull();
    const { rows } = await company.owner.query(
      "SELECT sealed, ended_at FROM dealer_accesses WHERE connection_id = $1",
      [id],
    );
    expect(rows.map(({ sealed, ended_at }) => [sealed, ended_at instanceof Date])).toEqual([
      [null, true],
      [null, true],
    ]);
    await expect(openAccess(company.admin, asked(id))).rejects.toThrow(Refused);
  });

  it("keep their key sealed, and out of the log", async () => {
    const id = await connection();
    await openAccess(company.admin, asked(id, { key: "secret-key-77" }));
    const { rows } = await company.owner.query<{ all: string }>(
      `SELECT string_agg(t.row, ' ') AS all FROM (SELECT row_to_json(a)::text AS row FROM dealer_accesses a
        UNION ALL SELECT row_to_json(e)::text FROM audit_events e) t`,
    );
    expect(rows[0]?.all).not.toContain("secret-key-77");
    expect(rows[0]?.all).not.toContain(Buffer.from("secret-key-77").toString("hex"));
  });

  it("want a client id of HappyTalk, an API at all, and an address without a path", async () => {
    await expect(openAccess(company.admin, asked(await connection("happytalk")))).rejects.toThrow(Refused);
    await openAccess(company.admin, asked(await connection("happytalk"), { clientId: "hangyeol" }));
    await expect(openAccess(company.admin, asked(await connection("canonical")))).rejects.toThrow(Refused);
    expect(openAccessSchema.safeParse({ connectionId: randomUUID(), key: "열쇠" }).success).toBe(false);
    for (const address of ["ftp://a.example", "https://a.example/api", "a.example", "https://u:p@a.example"])
      expect(openAccessSchema.safeParse({ connectionId: randomUUID(), key: "k", address }).success).toBe(false);
    expect(
      openAccessSchema.parse({ connectionId: randomUUID(), key: "k", address: " https://a.example/ " }).address,
    ).toBe("https://a.example");
  });

  it("are tried without changing anything, and say why they do not work", async () => {
    const id = await connection();
    await expect(tryAccess(company.admin, id)).rejects.toThrow(Refused);
    // No public address: nobody is called.
    await openAccess(company.admin, asked(id, { address: "https://127.0.0.1" }));
    await company.mark();
    expect(await tryAccess(company.admin, id)).toEqual({ outcome: "refused", reason: "unreachable", code: "" });
    await company.expectOneEvent("connection.calls-tried", id);
    const silent = await connection("happytalk");
    await openAccess(company.admin, asked(silent, { clientId: "hangyeol" }));
    expect(await tryAccess(company.admin, silent)).toEqual({ outcome: "untried" });
  });

  it("are an administrator's alone, and of one company", async () => {
    const id = await connection();
    for (const who of [company.officer, company.marketer, company.auditor])
      await expect(openAccess(who, asked(id))).rejects.toThrow(Forbidden);
    const other = await openTestCompany();
    await expect(openAccess(other.admin, asked(id))).rejects.toThrow(NotFound);
    await openAccess(company.admin, asked(id));
    expect(await dealerOf(other.admin, "connection:call", { connectionId: id })).toBeNull();
    await other.owner.end();
  });
});
