// A rehearsal over real HTTP: stand-in, client, hooks and database; what it leaves is marked, seen by nobody else, and destroyed for good.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import {
  controlStandIn,
  openRehearsalDealer,
  rehearsalClient,
  rehearsalConnection,
} from "@/lib/dealers/commands/rehearsal-dealer";
import { listConnections } from "@/lib/dealers/queries/connections";
import { env } from "@/lib/env";
import { Forbidden, NotFound, Refused } from "@/lib/errors";
import { destroyRehearsed, endRehearsal } from "@/lib/rehearsal/commands/end-rehearsal";
import { moveTime, noteEvents } from "@/lib/rehearsal/commands/note-events";
import { startRehearsal } from "@/lib/rehearsal/commands/start-rehearsal";
import { endAbandoned } from "@/lib/rehearsal/jobs";
import { getRehearsal } from "@/lib/rehearsal/queries/get-rehearsal";
import { listRehearsals } from "@/lib/rehearsal/queries/list-rehearsals";
import { rehearsalReport } from "@/lib/rehearsal/report-pdf";
import { rehearsedUser } from "@/lib/rehearsal/rules/user";
import type { Noted } from "@/lib/rehearsal/schema/rehearsal";
import { emptyContent } from "@/lib/templates/schema/content";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { keepRehearsed } from "@/lib/transcripts/commands/keep-rehearsed";
import { listConsults } from "@/lib/transcripts/queries/list-consults";
import { handleHook } from "./hooks";
import { serveRehearsals } from "./rehearsal-dealers";

let company: TestCompany;
let hooks: Server;
let standIns: Awaited<ReturnType<typeof serveRehearsals>>;

beforeAll(async () => {
  hooks = createServer((request, response) => void handleHook(request, response));
  await new Promise<void>((resolve) => hooks.listen(0, "127.0.0.1", resolve));
  const { port } = hooks.address() as AddressInfo;
  standIns = await serveRehearsals(() => `http://127.0.0.1:${port}`, 0);
  env().DAMSO_REHEARSAL_DEALER = standIns.address;
  company = await openTestCompany();
});
afterAll(async () => {
  for (const server of [hooks, standIns.server]) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

const one = async (text: string, values: unknown[] = []) => (await company.owner.query(text, values)).rows[0];

async function begun(format: "infobank" | "happytalk") {
  const { id: channelId } = await company.opened();
  const id = await startRehearsal(company.admin, { channelId, format }, new Date());
  await openRehearsalDealer(company.admin, { id, channelId, format }, 0);
  const userKey = rehearsedUser(id);
  const ask = (act: string, given: object = {}) => controlStandIn(id, act, { userKey, ...given });
  const view = async () => {
    const found = await getRehearsal(company.auditor, id, new Date());
    if (!found) throw new Error("no rehearsal");
    return found;
  };
  const client = rehearsalClient({ id, format, senderKey: null });
  return { id, channelId, userKey, ask, view, client };
}

describe.each(["infobank", "happytalk"] as const)("a rehearsal in the dialect of %s", (format) => {
  it("is marked, seen by nobody else, never counted", async () => {
    const { id, channelId, ask, view } = await begun(format);
    await ask("press", { extra: "pl_web_test" });
    await ask("say", { text: "배송 언제 와요?" });
    const [session] = (await view()).sessions;
    expect(session).toMatchObject({ extra: "pl_web_test", status: "open", returning: false, messageCount: 1 });
    expect(JSON.stringify(session?.messages)).toContain("배송 언제 와요?");
    expect(await one("SELECT rehearsal_id FROM consult_sessions WHERE channel_id = $1", [channelId])).toEqual({
      rehearsal_id: id,
    });

    const seen = await listConsults(company.admin, { channel: channelId } as never);
    expect(JSON.stringify(seen)).not.toContain(session?.id);
    expect(JSON.stringify(await listConnections(company.admin, new Date()))).not.toContain(id);
    for (const table of ["consult_days", "due_days", "connection_days", "set_asides"])
      expect(await one(`SELECT count(*)::int AS n FROM ${table} WHERE organization_id = $1`, [company.ours])).toEqual({
        n: 0,
      });
    expect(await one("SELECT rehearsal FROM check_sessions WHERE id = $1", [session?.id])).toEqual({ rehearsal: id });
  });

  it("refuses agents before, after, and to whom was blocked, and keeps what was let", async () => {
    const { id, channelId, userKey, ask, view, client } = await begun(format);
    const content = { ...emptyContent("PLAIN_TEXT"), text: "안녕하세요" };
    const given = (serial: string) => ({
      ...{ userKey, serial, fill: (text: string) => text, urlOf: () => "", fileOf: () => ({ name: "", bytes: 0 }) },
    });
    expect(await client.send(content, given("a1"))).toMatchObject({ ok: false, outcome: "refused" });
    await ask("press", { extra: null });
    expect(await client.send(content, given("a2"))).toMatchObject({ ok: true });
    const [session] = (await view()).sessions;
    const connectionId = await rehearsalConnection(company.admin, id);
    const place = { rehearsalId: id, connectionId, channelId, session: session?.externalId ?? "", userKey };
    await keepRehearsed(company.admin, { ...place, serial: "a2", at: new Date() }, { content }, null, new Date());
    expect(JSON.stringify((await view()).sessions[0]?.messages)).toContain("안녕하세요");

    await ask("leave");
    expect((await view()).sessions[0]).toMatchObject({ status: "ended" });
    expect(await client.send(content, given("a3"))).toMatchObject({ ok: false, outcome: "refused" });
    // Times of Infobank have no fractions of a second: two sessions of one second have no order.
    await moveTime(company.admin, id, 60_000);
    await ask("pass", { days: 60_000 / 86_400_000 });
    await ask("press", { extra: null });
    expect((await view()).sessions[0]).toMatchObject({ status: "open", returning: true });
    expect(await client.block(userKey)).toMatchObject({ ok: true });
    expect(await client.send(content, given("a4"))).toMatchObject({ ok: false, outcome: "refused" });
  });

  it("moves its own time alone, and is destroyed for good when that is due", async () => {
    const { id, ask, view } = await begun(format);
    await ask("press", { extra: null });
    await ask("say", { text: "지워질 말" });
    const days = 31;
    await moveTime(company.admin, id, days * 86_400_000);
    await ask("pass", { days });
    const [session] = (await view()).sessions;
    expect(session?.status).toBe("ended");
    expect(session?.endedAt?.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    // No policy says until when: nothing is due.
    await expect(destroyRehearsed(company.admin, id, new Date())).rejects.toThrow(Refused);
    await endRehearsal(company.admin, id, "given-up", new Date());
    for (const table of ["messages", "session_keys"])
      expect(await one(`SELECT count(*)::int AS n FROM ${table} WHERE session_id = $1`, [session?.id])).toEqual({
        n: 0,
      });
    expect(await one("SELECT count(*)::int AS n FROM tombstones WHERE session_id = $1", [session?.id])).toEqual({
      n: 1,
    });
    expect(
      await one("SELECT count(*)::int AS n FROM destroyed_days WHERE organization_id = $1", [company.ours]),
    ).toEqual({
      n: 0,
    });
    expect(await view()).toMatchObject({ outcome: "given-up", sessions: [] });
    // What has ended takes nothing any more, and stays as it ended.
    await expect(noteEvents(company.admin, id, [{ kind: "alimtalk", detail: {} }], null, new Date())).rejects.toThrow(
      Refused,
    );
    await expect(company.owner.query("UPDATE rehearsals SET outcome = 'finished' WHERE id = $1", [id])).rejects.toThrow(
      "not changed",
    );
    await ask("say", { text: "너무 늦은 말" }).catch(() => undefined);
    expect((await view()).sessions).toEqual([]);
  });
});

it("is finished once everything was walked, and its report says so", async () => {
  const { id, view } = await begun("infobank");
  const noted = (kind: Noted["kind"], detail: Noted["detail"] = {}): Noted => ({ kind, detail });
  const most = [
    noted("refused", { why: "first" }),
    ...[noted("entered", { entry: "qr" }), noted("entered", { entry: "pc-qr" }), noted("noticed", { hash: "h" })],
    ...[noted("said"), noted("replied"), noted("ended"), noted("refused", { why: "ended" })],
    ...[noted("opened", { returning: true }), noted("alimtalk")],
  ];
  await noteEvents(company.admin, id, most, null, new Date());
  await expect(endRehearsal(company.admin, id, "finished", new Date())).rejects.toThrow(Refused);
  await noteEvents(company.admin, id, [noted("destroyed")], null, new Date());
  await company.mark();
  await endRehearsal(company.officer, id, "finished", new Date());
  await company.expectOneEvent("rehearsal.ended", id);
  const found = await view();
  expect(found).toMatchObject({ outcome: "finished", changed: [] });
  const paper = await rehearsalReport(found);
  expect(paper.subarray(0, 5).toString()).toBe("%PDF-");
  expect(await rehearsalReport(found)).toEqual(paper);
  expect((await listRehearsals(company.auditor, null)).items.find((row) => row.id === id)).toMatchObject({
    ...{ done: 11, of: 11, outcome: "finished" },
  });
});

describe("who may", () => {
  it("is said by the permissions, and by the organization", async () => {
    const { id, channelId } = await begun("infobank");
    const format = "infobank" as const;
    await expect(startRehearsal(company.auditor, { channelId, format }, new Date())).rejects.toThrow(Forbidden);
    await expect(startRehearsal(company.stranger, { channelId, format }, new Date())).rejects.toThrow(NotFound);
    expect(await getRehearsal(company.stranger, id, new Date())).toBeNull();
    expect((await listRehearsals(company.stranger, null)).items).toEqual([]);
    expect((await listRehearsals(company.auditor, null)).items.map((row) => row.id)).toContain(id);
    await expect(moveTime(company.stranger, id, 1)).rejects.toThrow(NotFound);
    await expect(endRehearsal(company.strangeOfficer, id, "given-up", new Date())).rejects.toThrow(NotFound);
    await expect(endRehearsal(company.admin, id, "finished", new Date())).rejects.toThrow(Refused);
    await company.mark();
    await noteEvents(company.marketer, id, [{ kind: "alimtalk", detail: {} }], null, new Date());
    await company.expectOneEvent("rehearsal.stepped", id);
  });

  it("needs the key of the stand-ins, and a rehearsal that they know", async () => {
    const { id } = await begun("infobank");
    const plain = await fetch(`${standIns.address}/r/${id}/control/state`, { method: "POST", body: "{}" });
    expect(plain.status).toBe(403);
    const wrong = { authorization: "Bearer wrong" };
    expect((await fetch(`${standIns.address}/r/${id}/control/state`, { headers: wrong })).status).toBe(403);
    expect((await fetch(`${standIns.address}/r/${crypto.randomUUID()}/api/comm/v1/cstalk/plain`)).status).toBe(404);
    await expect(controlStandIn(crypto.randomUUID(), "state", {})).rejects.toThrow(Refused);
  });
});

it("ends by itself when nobody goes on with it for a week", async () => {
  const { ask, view } = await begun("happytalk");
  await ask("press", { extra: null });
  const actor = { kind: "job", name: "rehearsals", organizationId: company.ours } as const;
  await endAbandoned(actor, new Date(Date.now() + 6 * 86_400_000));
  expect(await view()).toMatchObject({ outcome: null });
  await company.mark();
  await endAbandoned(actor, new Date(Date.now() + 8 * 86_400_000));
  expect(await view()).toMatchObject({ outcome: "given-up", sessions: [] });
});
