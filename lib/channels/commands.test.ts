import { randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { addDays, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { FileRefused } from "@/lib/file-refusal";
import { openTestCompany } from "@/lib/test-company";
import { downloadEvidence, receiveEvidence } from "./commands/attach-evidence";
import { endChannel, withdrawEnd } from "./commands/end-channel";
import { markOnboarding } from "./commands/mark-onboarding";
import { editChannel, openChannel } from "./commands/open-channel";
import { sweepUploads } from "./jobs";
import { getChannel } from "./queries/get-channel";
import { listChannelHistory } from "./queries/list-channel-history";
import { listChannels } from "./queries/list-channels";
import { listChannelsSchema, openChannelSchema } from "./schema";

const company = await openTestCompany();
const { ours, owner, admin, officer, marketer, auditor, stranger, expectOneEvent, expectNoEvent, mark } = company;
const now = () => new Date();
const today = kstDay(new Date());
let serial = 0;

afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

beforeEach(mark);

const profile = (more: object = {}) =>
  openChannelSchema.parse({ searchId: `channel${serial++}`, name: "한결생활", ...more });
async function opened(more: object = {}, by = admin): Promise<string> {
  const id = await openChannel(by, profile(more));
  await mark();
  return id;
}
/** A channel that went live, whatever its items say. */
async function live(): Promise<string> {
  const id = await opened({ dealer: "infobank" });
  await owner.query("INSERT INTO channel_go_lives (channel_id, organization_id, person_id) VALUES ($1, $2, $3)", [
    ...[id, ours, admin.personId],
  ]);
  return id;
}
const version = async (id: string) =>
  Number((await owner.query("SELECT version FROM channels WHERE id = $1", [id])).rows[0].version);

describe("openChannel", () => {
  it("opens a channel that is preparing", async () => {
    const id = await openChannel(admin, profile({ searchId: "@한결".normalize("NFD"), senderKey: "AB".repeat(20) }));
    await expectOneEvent("channel.opened", id);
    expect(await getChannel(marketer, id, now())).toMatchObject({
      searchId: "한결",
      senderKey: "ab".repeat(20),
      state: "preparing",
      placements: 0,
      connections: null,
    });
  });
  it("answers a taken search id and a taken sender key beside the field, also when both come at once", async () => {
    const input = profile({ senderKey: "cd".repeat(20) });
    const outcomes = await Promise.allSettled([openChannel(admin, input), openChannel(admin, input)]);
    const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toBeInstanceOf(Refused);
    expect(refusals[0]).toMatchObject({ field: "searchId" });
    await expect(openChannel(admin, profile({ senderKey: "cd".repeat(20) }))).rejects.toMatchObject({
      field: "senderKey",
    });
  });
  it("lets another organization have the same ids without a word", async () => {
    const input = profile();
    await openChannel(admin, input);
    await expect(openChannel(stranger, input)).resolves.toEqual(expect.any(String));
  });
  it.each([officer, marketer, auditor])("refuses others", async (other) => {
    await expect(openChannel(other, profile())).rejects.toBeInstanceOf(Forbidden);
    await expectNoEvent();
  });
});

describe("editChannel", () => {
  const input = (channelId: string, more: object = {}) => {
    const { searchId: _fixed, ...rest } = profile(more);
    return { channelId, version: 1, ...rest };
  };
  it("changes what may change and names the fields", async () => {
    const id = await opened();
    await editChannel(admin, input(id, { name: "한결생활 B2B", dealer: "infobank" }));
    expect((await expectOneEvent("channel.edited", id)).body).toBe('{"fields":["name","dealer"]}');
    expect(await getChannel(admin, id, now())).toMatchObject({
      name: "한결생활 B2B",
      dealer: "infobank",
      version: 2,
      connections: 0,
    });
  });
  it("refuses a stale form", async () => {
    const id = await opened();
    await editChannel(admin, input(id));
    await mark();
    await expect(editChannel(admin, input(id))).rejects.toBeInstanceOf(Conflict);
    await expectNoEvent();
  });
  it("refuses others, and finds no foreign channel", async () => {
    const id = await opened();
    await expect(editChannel(officer, input(id))).rejects.toBeInstanceOf(Forbidden);
    await expect(editChannel(stranger, input(id))).rejects.toEqual(new NotFound());
    await expect(editChannel(admin, input(randomUUID()))).rejects.toEqual(new NotFound());
    await expectNoEvent();
  });
});

describe("markOnboarding", () => {
  it("marks done and opens again; the newest counts, all is kept", async () => {
    const channelId = await opened();
    const mark = (kind: "done" | "reopened") =>
      markOnboarding(officer, { channelId, item: "opened", kind, note: "화면으로 확인" });
    await mark("done");
    await expectOneEvent("onboarding.marked", channelId);
    await mark("reopened");
    await mark("done");
    const channel = await getChannel(admin, channelId, now());
    expect(channel?.marks.map((one) => [one.kind, one.by])).toEqual([
      ["done", "COMPLIANCE_OFFICER"],
      ["reopened", "COMPLIANCE_OFFICER"],
      ["done", "COMPLIANCE_OFFICER"],
    ]);
  });
  it("refuses what does not fit, others, and foreign channels", async () => {
    const channelId = await opened();
    const input = { channelId, item: "opened", kind: "reopened", note: "다시 봅니다" } as const;
    await expect(markOnboarding(admin, input)).rejects.toBeInstanceOf(Refused);
    await expect(markOnboarding(admin, { ...input, item: "dealer", kind: "done" })).rejects.toBeInstanceOf(Refused);
    await expect(markOnboarding(marketer, input)).rejects.toBeInstanceOf(Forbidden);
    await expect(markOnboarding(auditor, input)).rejects.toBeInstanceOf(Forbidden);
    await expect(markOnboarding(stranger, input)).rejects.toEqual(new NotFound());
    await expect(markOnboarding(admin, { ...input, channelId: randomUUID() })).rejects.toEqual(new NotFound());
    await expectNoEvent();
  });
  it("cannot be rewritten by the application", async () => {
    const app = new pg.Client({ connectionString: process.env.DATABASE_APP_URL });
    await app.connect();
    for (const statement of [
      "UPDATE onboarding_marks SET note = ''",
      "DELETE FROM onboarding_marks",
      "DELETE FROM evidence_files",
      "DELETE FROM channels",
      "UPDATE channel_go_lives SET at = now()",
    ]) {
      await expect(app.query(statement)).rejects.toThrow(/permission denied/);
    }
    await app.end();
  });
});

describe("endChannel and withdrawEnd", () => {
  it("sets, moves and withdraws an end", async () => {
    const channelId = await live();
    const end = async (endsOn: string) =>
      endChannel(admin, { channelId, version: await version(channelId), endsOn, reason: "계약 종료" });
    await mark();
    await end(today);
    expect((await expectOneEvent("channel.end-set", channelId)).body).toBe(`{"before":null,"endsOn":"${today}"}`);
    await end(addDays(today, 30));
    expect(await getChannel(admin, channelId, now())).toMatchObject({
      state: "ending",
      endsOn: addDays(today, 30),
      endReason: "계약 종료",
    });
    await mark();
    await withdrawEnd(admin, { channelId, version: await version(channelId), reason: "계약을 갱신했습니다" });
    await expectOneEvent("channel.end-withdrawn", channelId);
    expect(await getChannel(admin, channelId, now())).toMatchObject({ state: "live", endsOn: null });
  });
  it("refuses yesterday, a stale form, others, and foreign channels", async () => {
    const channelId = await opened();
    const input = { channelId, version: 1, endsOn: today, reason: "계약 종료" };
    await expect(endChannel(admin, { ...input, endsOn: addDays(today, -1) })).rejects.toMatchObject({
      field: "endsOn",
    });
    await expect(endChannel(admin, { ...input, version: 7 })).rejects.toBeInstanceOf(Conflict);
    await expect(withdrawEnd(admin, { ...input, version: 7 })).rejects.toBeInstanceOf(Conflict);
    await expect(withdrawEnd(admin, input)).rejects.toMatchObject({ key: "channels.refused.noEnd" });
    for (const command of [endChannel, withdrawEnd]) {
      await expect(command(officer, input)).rejects.toBeInstanceOf(Forbidden);
      await expect(command(stranger, input)).rejects.toEqual(new NotFound());
      await expect(command(admin, { ...input, channelId: randomUUID() })).rejects.toEqual(new NotFound());
    }
    await expectNoEvent();
  });
});

describe("evidence", () => {
  const root = () => env().DAMSO_FILES.replace(/^file:/, "");
  const onDisk = (): string[] =>
    existsSync(root())
      ? readdirSync(root(), { recursive: true, withFileTypes: true }).flatMap((entry) =>
          entry.isFile() ? [path.join(entry.parentPath, entry.name)] : [],
        )
      : [];
  const pdf = (text: string) => Buffer.from(`%PDF-1.7\n${text}\nstartxref\n0\n%%EOF\n`);
  function upload(
    bytes: Buffer,
    fields: Record<string, string> = { item: "retention" },
    name = "계약서.pdf",
    type = "application/pdf",
  ): Request {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    form.append("file", new Blob([new Uint8Array(bytes)], { type }), name);
    return new Request("http://damso.test/", { method: "POST", body: form });
  }
  const attach = (by: PersonActor, channelId: string, request: Request) => receiveEvidence(by, channelId, request, 0);

  it("is kept, marks its item done and comes back byte for byte, each look recorded", async () => {
    const channelId = await opened();
    const bytes = pdf("조항");
    const kept = await attach(
      officer,
      channelId,
      upload(bytes, { item: "retention", note: "부속합의 3호" }, "../계약서.pdf".normalize("NFD")),
    );
    expect((await expectOneEvent("evidence.attached", channelId)).body).toContain(kept.sha256);
    const channel = await getChannel(auditor, channelId, now());
    expect(channel?.marks).toMatchObject([
      {
        item: "retention",
        kind: "done",
        note: "부속합의 3호",
        file: { name: "계약서.pdf", mime: "application/pdf", bytes: bytes.length, sha256: kept.sha256 },
      },
    ]);
    await mark();
    const download = await downloadEvidence(auditor, channelId, kept.fileId);
    const chunks: Uint8Array[] = [];
    for await (const chunk of download.stream) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    await expectOneEvent("evidence.downloaded", kept.fileId);
  });
  it("takes the same file for the same item once", async () => {
    const channelId = await opened();
    const first = await attach(officer, channelId, upload(pdf("같은 것")));
    await mark();
    const files = onDisk().length;
    expect(await attach(officer, channelId, upload(pdf("같은 것")))).toEqual({ ...first, repeated: true });
    expect(onDisk()).toHaveLength(files);
    await expectNoEvent();
    await markOnboarding(officer, { channelId, item: "retention", kind: "reopened", note: "다시 봅니다" });
    expect(await attach(officer, channelId, upload(pdf("같은 것")))).toMatchObject({ repeated: false });
  });
  it("leaves no file and no row of what it refuses", async () => {
    const channelId = await opened();
    const files = onDisk();
    await expect(attach(officer, channelId, upload(Buffer.from("<html>"), undefined, "a.pdf"))).rejects.toBeInstanceOf(
      FileRefused,
    );
    await expect(attach(officer, channelId, upload(pdf("x"), undefined, "a.pdf.exe"))).rejects.toBeInstanceOf(
      FileRefused,
    );
    await expect(
      attach(officer, channelId, upload(Buffer.from("a,b"), { item: "opened" }, "a.csv", "text/csv")),
    ).rejects.toMatchObject({ key: "channels.refused.family" });
    await expect(attach(officer, channelId, upload(pdf("x"), { item: "dealer" }))).rejects.toMatchObject({
      key: "channels.refused.derived",
    });
    await expect(attach(officer, channelId, upload(pdf("x"), { item: "__proto__" }))).rejects.toMatchObject({
      key: "channels.refused.item",
    });
    await expect(
      attach(officer, channelId, upload(pdf("x"), { item: "retention", note: "가".repeat(501) })),
    ).rejects.toMatchObject({ key: "channels.refused.note" });
    await expect(attach(officer, channelId, upload(Buffer.alloc(20 * 2 ** 20 + 1)))).rejects.toMatchObject({
      status: 413,
    });
    expect(onDisk()).toEqual(files);
    await expectNoEvent();
  });
  it("refuses others, and finds no foreign channel or file, as if there were none", async () => {
    const channelId = await opened();
    const { fileId } = await attach(officer, channelId, upload(pdf("우리 것")));
    await mark();
    const files = onDisk();
    for (const other of [marketer, auditor])
      await expect(attach(other, channelId, upload(pdf("x")))).rejects.toBeInstanceOf(Forbidden);
    for (const [by, id] of [
      [stranger, channelId],
      [officer, randomUUID()],
      [officer, "../.."],
    ] as const) {
      await expect(attach(by, id, upload(pdf("x")))).rejects.toEqual(new NotFound());
      await expect(downloadEvidence(by, id, fileId)).rejects.toEqual(new NotFound());
    }
    await expect(downloadEvidence(officer, channelId, "AAAAAAAAAAAAAAAAAAAAAA")).rejects.toEqual(new NotFound());
    await expect(downloadEvidence(officer, channelId, "../../etc/passwd")).rejects.toEqual(new NotFound());
    await expect(downloadEvidence(marketer, channelId, fileId)).rejects.toBeInstanceOf(Forbidden);
    expect(onDisk()).toEqual(files);
    await expectNoEvent();
  });
  it("is never swept away", async () => {
    const channelId = await opened();
    const { fileId } = await attach(officer, channelId, upload(pdf("남는 것")));
    const later = new Date(Date.now() + 2 * 3_600_000);
    await sweepUploads(later);
    await expect(downloadEvidence(officer, channelId, fileId)).resolves.toMatchObject({ name: "계약서.pdf" });
  });
});

describe("lists", () => {
  const filter = (more: object = {}) => listChannelsSchema.parse(more);
  it("pages through all channels once, forwards and back", async () => {
    for (let left = 120 - (await listAll()).length; left > 0; left -= 1) await opened();
    const seen: string[] = [];
    let page = await listChannels(marketer, filter(), now());
    expect(page.previous).toBe(null);
    for (;;) {
      seen.push(...page.items.map((item) => item.id));
      if (page.next === null) break;
      page = await listChannels(marketer, filter({ after: page.next }), now());
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength((await listAll()).length);
    const back = await listChannels(marketer, filter({ before: page.previous }), now());
    expect(back.items.map((item) => item.id)).toEqual(seen.slice(-page.items.length - 50, -page.items.length));
    expect(back.next).not.toBe(null);
    const first = await listChannels(marketer, filter({ before: back.previous }), now());
    expect(first.items[0]?.id).toBe(seen[0]);
    expect(first.previous).toBe(null);
  });
  const listAll = async () => (await owner.query("SELECT id FROM channels WHERE organization_id = $1", [ours])).rows;
  it("narrows by part of name or search id, and by the state that the rules derive", async () => {
    await live();
    const ending = await live();
    await endChannel(admin, { channelId: ending, version: await version(ending), endsOn: today, reason: "계약 종료" });
    const ended = await opened({ name: "끝난 100%_채널" });
    await owner.query(
      "INSERT INTO channel_ends (channel_id, organization_id, ends_on, person_id) VALUES ($1, $2, $3::date - 1, $4)",
      [ended, ours, today, admin.personId],
    );
    for (const state of ["preparing", "live", "ending", "ended"] as const) {
      const { items } = await listChannels(admin, filter({ state }), now());
      expect(new Set(items.map((item) => item.state))).toEqual(new Set([state]));
    }
    expect((await listChannels(admin, filter({ q: "100%_" }), now())).items.map((item) => item.id)).toEqual([ended]);
    expect((await listChannels(admin, filter({ q: "@한결" }), now())).items.map((item) => item.searchId)).toEqual([
      "한결",
    ]);
    expect((await listChannels(admin, filter({ q: "없는 채널" }), now())).items).toEqual([]);
    const { items } = await listChannels(admin, filter({ state: "live" }), now());
    expect(items[0]).toMatchObject({ progress: { done: 1, of: 18 }, endsOn: null, placements: 0 });
  });
  it("answers any cursor with a page", async () => {
    for (const cursor of ["x", "e30", "W10", "W251bGwsbnVsbF0", "%00", "a".repeat(200)]) {
      expect((await listChannels(admin, filter({ after: cursor }), now())).items.length).toBeGreaterThan(0);
    }
  });
  it("shows nothing of another organization", async () => {
    const id = await opened();
    expect(await getChannel(stranger, id, now())).toBe(null);
    expect(await getChannel(stranger, "not an id", now())).toBe(null);
    expect((await listChannels(stranger, filter(), now())).items.map((item) => item.id)).not.toContain(id);
    expect(await listChannelHistory({ ...stranger, role: "AUDITOR" }, id)).toBe(null);
    await expectNoEvent();
  });
  it("tells a channel's history to those who read the audit log", async () => {
    const id = await opened();
    await markOnboarding(officer, { channelId: id, item: "opened", kind: "done", note: "화면으로 확인" });
    const history = await listChannelHistory(auditor, id);
    expect(history?.items.map(({ action, by, item }) => [action, by, item])).toEqual([
      ["onboarding.marked", "COMPLIANCE_OFFICER", "opened"],
      ["channel.opened", "CLIENT_ADMIN", null],
    ]);
    expect(history?.next).toBe(null);
    await expect(listChannelHistory(marketer, id)).rejects.toBeInstanceOf(Forbidden);
  });
});
