import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { userHandle } from "@/lib/keyring";
import { openTestCompany } from "@/lib/test-company";
import { listWaiting } from "@/lib/today/queries/list-waiting";
import { addBlock } from "./commands/add-block";
import { exportBlocks } from "./commands/export-blocks";
import { discardBlockImport, receiveBlockList, saveBlockImport, sweepBlockImports } from "./commands/import-blocks";
import { confirmBlock, dropBlock, identifyBlock, reopenBlock } from "./commands/mark-block";
import { getBlock } from "./queries/get-block";
import { getBlockImport } from "./queries/get-block-import";
import { getBlockProgress, listBlocks } from "./queries/list-blocks";
import { blockState } from "./rules/blocks";
import { listBlocksSchema } from "./schema/blocks";

const company = await openTestCompany();
const { ours, owner, admin, officer, marketer, auditor, stranger, expectNoEvent, newEvents, mark } = company;
const note = "인포뱅크 상담 화면에서 차단";
let serial = 0;

afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

beforeEach(mark);
/** Exactly one entry since the last look, it is this one, and it names nobody. */
async function expectOneEvent(action: string, targetId: string) {
  const event = await company.expectOneEvent(action, targetId);
  expect(JSON.stringify(event)).not.toMatch(/봄날의곰|AbC12dEf34_G|상담 화면/);
  await mark();
  return event;
}

async function channel(organizationId = ours): Promise<string> {
  const { rows } = await owner.query(
    "INSERT INTO channels (organization_id, search_id, name) VALUES ($1, $2, '한결생활') RETURNING id",
    [organizationId, `blocks${serial++}`],
  );
  return rows[0].id;
}

async function added(channelId: string, label = "봄날의곰", blockedOn: string | null = null): Promise<string> {
  const id = await addBlock(admin, { channelId, label, reason: "욕설", blockedOn });
  await mark();
  return id;
}

/** A consultation of the user that began so many seconds from now. */
async function consult(channelId: string, userKey: string, seconds: number): Promise<void> {
  await owner.query(
    `INSERT INTO consult_sessions (organization_id, channel_id, connection_id, external_id, user_handle, user_sealed, opened_by, opened_at)
     VALUES ($1, $2, $3, $4, $5, '\\x00', 'message', now() + $6 * interval '1 second')`,
    [ours, channelId, randomUUID(), String(serial++), userHandle(ours, channelId, userKey), seconds],
  );
}

const version = async (id: string) =>
  Number((await owner.query("SELECT version FROM blocked_users WHERE id = $1", [id])).rows[0].version);
const entry = async (channelId: string, blockId: string) => ({ channelId, blockId, version: await version(blockId) });
const list = (channelId: string, filter: object = {}, who = auditor) =>
  listBlocks(who, channelId, listBlocksSchema.parse(filter));
const key = (error: string) => expect.objectContaining({ key: `channels.blocks.refused.${error}` });

describe("addBlock", () => {
  it("puts a person on the list, sealed", async () => {
    const channelId = await channel();
    const id = await addBlock(officer, { channelId, label: "봄날의곰", reason: "욕설", blockedOn: "2025-03-14" });
    await expectOneEvent("block.added", channelId);
    expect((await list(channelId)).items).toEqual([
      {
        ...{ id, label: "봄날의곰", reason: "욕설", blockedOn: "2025-03-14", state: "waiting" },
        ...{ returnedAt: null, markedAt: null },
      },
    ]);
    const { rows } = await owner.query("SELECT * FROM blocked_users WHERE id = $1", [id]);
    expect(
      JSON.stringify(rows[0], (_, value) => (value?.type === "Buffer" ? Buffer.from(value.data).toString() : value)),
    ).not.toContain("봄날의곰");
  });
  it("knows the same name blocked on the same day, also when two add it at once", async () => {
    const channelId = await channel();
    const twice = [0, 1].map(() => addBlock(admin, { channelId, label: "곰", reason: "", blockedOn: null }));
    const outcomes = await Promise.allSettled(twice);
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([
      expect.objectContaining({ reason: key("there") }),
    ]);
    await expect(
      addBlock(admin, { channelId, label: " 곰 ".trim(), reason: "", blockedOn: "2025-01-01" }),
    ).resolves.toEqual(expect.any(String));
    await expect(addBlock(admin, { channelId, label: "새", reason: "", blockedOn: "2999-01-01" })).rejects.toEqual(
      key("future"),
    );
  });
  it("refuses others, and finds no foreign channel", async () => {
    const input = { channelId: await channel(), label: "곰", reason: "", blockedOn: null };
    await expect(addBlock(marketer, input)).rejects.toBeInstanceOf(Forbidden);
    await expect(addBlock(auditor, input)).rejects.toBeInstanceOf(Forbidden);
    await expect(addBlock(stranger, input)).rejects.toEqual(new NotFound());
    await expectNoEvent();
  });
});

describe("marks", () => {
  it("follow a person from coming back to being blocked, and back again", async () => {
    const channelId = await channel();
    const blockId = await added(channelId);
    await consult(channelId, "AbC12dEf34_G", -60);
    await identifyBlock(officer, { ...(await entry(channelId, blockId)), userKey: "AbC12dEf34_G" });
    const { subject } = await expectOneEvent("block.identified", channelId);
    expect(subject).toBe(userHandle(ours, channelId, "AbC12dEf34_G").toString("hex"));
    expect((await list(channelId)).items[0]).toMatchObject({ state: "due", returnedAt: expect.any(Date) });

    await confirmBlock(admin, { ...(await entry(channelId, blockId)), userKey: null, note });
    await expectOneEvent("block.marked", channelId);
    expect(await getBlockProgress(auditor, channelId)).toEqual({ due: 0, waiting: 0, blocked: 1, dropped: 0 });

    await consult(channelId, "AbC12dEf34_G", 60);
    expect((await list(channelId, { state: "due" })).items).toHaveLength(1);
    await dropBlock(admin, { ...(await entry(channelId, blockId)), note: "사과를 받았습니다." });
    await expectOneEvent("block.dropped", channelId);
    expect((await list(channelId)).items[0]?.state).toBe("dropped");
    await reopenBlock(admin, { ...(await entry(channelId, blockId)), note: "다시 그랬습니다." });
    await expectOneEvent("block.reopened", channelId);
    const found = await getBlock(officer, channelId, blockId);
    expect(found).toMatchObject({
      state: "due",
      userKey: { known: true, clear: "AbC12dEf34_G" },
      addedBy: "CLIENT_ADMIN",
    });
    expect(found?.marks.map(({ kind }) => kind)).toEqual(["reopened", "dropped", "blocked", "identified"]);
    expect(found?.consults).toHaveLength(2);
    expect((await getBlock(auditor, channelId, blockId))?.userKey).toMatchObject({ known: true, clear: null });
  });
  it("may say the user_key and the block at once, in one event", async () => {
    const channelId = await channel();
    const blockId = await added(channelId);
    await confirmBlock(officer, { ...(await entry(channelId, blockId)), userKey: "Zz", note });
    await expectOneEvent("block.marked", channelId);
    expect(await getBlock(officer, channelId, blockId)).toMatchObject({ state: "blocked", userKey: { clear: "Zz" } });
  });
  it("refuse what says nothing new, and a user_key that stands at another entry", async () => {
    const channelId = await channel();
    const [one, two] = [await added(channelId, "하나"), await added(channelId, "둘")];
    await identifyBlock(officer, { ...(await entry(channelId, one)), userKey: "Same" });
    await mark();
    await expect(identifyBlock(officer, { ...(await entry(channelId, two)), userKey: "Same" })).rejects.toMatchObject({
      ...{ field: "userKey", key: "channels.blocks.refused.userKeyTaken", values: { label: "하나" } },
    });
    // user_key is case-sensitive (field-facts 1.1): this is another person.
    await identifyBlock(officer, { ...(await entry(channelId, two)), userKey: "same" });
    await expectOneEvent("block.identified", channelId);
    await expect(reopenBlock(officer, { ...(await entry(channelId, one)), note })).rejects.toEqual(key("open"));
    await confirmBlock(officer, { ...(await entry(channelId, one)), userKey: null, note });
    await mark();
    await expect(confirmBlock(officer, { ...(await entry(channelId, one)), userKey: null, note })).rejects.toEqual(
      key("blocked"),
    );
    await expectNoEvent();
  });
  it("refuse a stale form, and of two at once take one", async () => {
    const channelId = await channel();
    const blockId = await added(channelId);
    const input = { ...(await entry(channelId, blockId)), userKey: null, note };
    const outcomes = await Promise.allSettled([confirmBlock(officer, input), dropBlock(admin, input)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []))[0]).toBeInstanceOf(Conflict);
    expect(await newEvents()).toBe(1);
  });
  it("refuse others, and find nothing foreign", async () => {
    const channelId = await channel();
    const input = { ...(await entry(channelId, await added(channelId))), userKey: "Kk", note };
    for (const act of [identifyBlock, confirmBlock, dropBlock, reopenBlock]) {
      await expect(act(auditor, input)).rejects.toBeInstanceOf(Forbidden);
      await expect(act(marketer, input)).rejects.toBeInstanceOf(Forbidden);
      await expect(act(stranger, input)).rejects.toEqual(new NotFound());
      await expect(act(officer, { ...input, channelId: await channel() })).rejects.toEqual(new NotFound());
      await expect(act(officer, { ...input, blockId: randomUUID() })).rejects.toEqual(new NotFound());
    }
    await expectNoEvent();
    expect(await getBlock(stranger, channelId, input.blockId)).toBeNull();
    await expect(getBlock(marketer, channelId, input.blockId)).rejects.toBeInstanceOf(Forbidden);
  });
});

/** An upload as a browser sends it. */
function upload(text: string | Uint8Array): Request {
  const form = new FormData();
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  form.set("file", new File([Uint8Array.from(bytes)], "blocks.csv", { type: "text/csv" }));
  return new Request("http://localhost/upload", { method: "POST", body: form });
}
const sheet = "이름,차단 사유,차단한 날\r\n봄날의곰,욕설,2025-03-14\r\n,빈 이름,\r\n익명1024,광고,어제\r\n새벽별,,\r\n";

describe("importing a list", () => {
  it("previews, then saves what can be saved, once", async () => {
    const channelId = await channel();
    const importId = await receiveBlockList(officer, channelId, upload(sheet), 0);
    const read = await expectOneEvent("block.list-read", channelId);
    expect(read.body).toContain('"faults":2');
    const preview = await getBlockImport(officer, channelId, importId, new Date());
    expect(preview).toMatchObject({
      there: 0,
      rows: [{ label: "봄날의곰", blockedOn: "2025-03-14" }, { label: "새벽별" }],
      faults: [
        { line: 3, code: "required" },
        { line: 4, code: "date", value: "어제" },
      ],
    });
    expect((await list(channelId)).items).toEqual([]);
    expect(await saveBlockImport(officer, { channelId, importId })).toEqual({ saved: 2, there: 0 });
    await expectOneEvent("block.imported", channelId);
    expect((await list(channelId)).items.map(({ label }) => label)).toEqual(["봄날의곰", "새벽별"]);
    await expect(saveBlockImport(officer, { channelId, importId })).rejects.toEqual(new NotFound());
    expect((await owner.query("SELECT FROM block_imports WHERE channel_id = $1", [channelId])).rowCount).toBe(0);

    const again = await receiveBlockList(officer, channelId, upload(sheet.replace("새벽별", "샛별")), 0);
    expect(await getBlockImport(officer, channelId, again, new Date())).toMatchObject({
      there: 1,
      rows: [{ label: "샛별" }],
    });
    expect(await saveBlockImport(officer, { channelId, importId: again })).toEqual({ saved: 1, there: 1 });
    const third = await receiveBlockList(officer, channelId, upload("이름\n샛별"), 0);
    await expect(saveBlockImport(officer, { channelId, importId: third })).rejects.toEqual(key("nothingNew"));
  });
  it("waits for an hour, and can be thrown away", async () => {
    const channelId = await channel();
    const importId = await receiveBlockList(officer, channelId, upload(sheet), 0);
    const later = new Date(Date.now() + 3_600_000 + 60_000);
    expect(await getBlockImport(stranger, channelId, importId, new Date())).toBeNull();
    await expect(getBlockImport(auditor, channelId, importId, new Date())).rejects.toBeInstanceOf(Forbidden);
    expect(await getBlockImport(officer, channelId, importId, later)).toBeNull();
    await expect(saveBlockImport(stranger, { channelId, importId })).rejects.toEqual(new NotFound());
    await expect(discardBlockImport(auditor, { channelId, importId })).rejects.toBeInstanceOf(Forbidden);
    await mark();
    await discardBlockImport(officer, { channelId, importId });
    await expectOneEvent("block.list-discarded", channelId);
    await expect(discardBlockImport(officer, { channelId, importId })).rejects.toEqual(new NotFound());

    const forgotten = await receiveBlockList(officer, channelId, upload(sheet), 0);
    await sweepBlockImports(new Date());
    expect(await getBlockImport(officer, channelId, forgotten, new Date())).not.toBeNull();
    await sweepBlockImports(later);
    expect((await owner.query("SELECT FROM block_imports")).rowCount).toBe(0);
  });
  it("keeps nothing of a file that is no list", async () => {
    const channelId = await channel();
    const refusal = async (text: string | Uint8Array) => {
      const [outcome] = await Promise.allSettled([receiveBlockList(officer, channelId, upload(text), 0)]);
      return outcome?.status === "rejected" && outcome.reason instanceof Refused ? outcome.reason.key : outcome?.status;
    };
    expect(await refusal("그냥 글")).toBe("channels.blocks.file.heading");
    expect(await refusal('이름\n"열린')).toBe("channels.blocks.file.malformed");
    expect(await refusal(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0xff))).toBe("channels.blocks.file.encoding");
    expect(await refusal(`이름\n${Array.from({ length: 5_001 }, (_, n) => `사람${n}`).join("\n")}`)).toBe(
      "channels.blocks.file.tooLong",
    );
    await expectNoEvent();
  });
  it("takes five thousand at once", async () => {
    const channelId = await channel();
    const text = `이름\n${Array.from({ length: 5_000 }, (_, n) => `사람${n}`).join("\n")}`;
    const importId = await receiveBlockList(officer, channelId, upload(text), 0);
    expect(await saveBlockImport(officer, { channelId, importId })).toEqual({ saved: 5_000, there: 0 });
    const first = await list(channelId);
    expect(first.items[0]?.label).toBe("사람0");
    const second = await list(channelId, { after: first.next ?? "" });
    expect([second.items[0]?.label, second.items.length]).toEqual(["사람50", 50]);
    expect((await list(channelId, { before: second.previous ?? "" })).items).toEqual(first.items);
    expect((await list(channelId, { q: "사람4321" })).items.map(({ label }) => label)).toEqual(["사람4321"]);
    expect((await list(channelId, { q: "사람432" })).items.map(({ label }) => label)).toEqual(["사람432"]);
  });
  it("refuses others, and finds no foreign channel", async () => {
    const channelId = await channel();
    await expect(receiveBlockList(auditor, channelId, upload(sheet), 0)).rejects.toBeInstanceOf(Forbidden);
    await expect(receiveBlockList(stranger, channelId, upload(sheet), 0)).rejects.toEqual(new NotFound());
    await expect(receiveBlockList(officer, "x", upload(sheet), 0)).rejects.toEqual(new NotFound());
    await expectNoEvent();
  });
});

describe("the list", () => {
  it("shows who came back first, newest return first, and says the same as the rules", async () => {
    const channelId = await channel();
    const ids: Record<string, string> = {};
    for (const label of ["waiting", "early", "late", "blocked", "dropped", "known"])
      ids[label] = await added(channelId, label);
    const named = async (label: string) => entry(channelId, ids[label] ?? "");
    for (const [label, seconds] of [
      ["early", -300],
      ["late", -100],
      ["blocked", -200],
    ] as const) {
      await consult(channelId, label, seconds);
      await identifyBlock(officer, { ...(await named(label)), userKey: label });
    }
    await identifyBlock(officer, { ...(await named("known")), userKey: "known" });
    await confirmBlock(officer, { ...(await named("blocked")), userKey: null, note });
    await dropBlock(officer, { ...(await named("dropped")), note });
    const { items, counts } = await list(channelId);
    expect(items.map(({ label }) => label)).toEqual(["known", "late", "early", "waiting", "blocked", "dropped"]);
    expect(counts).toEqual({ due: 3, waiting: 1, blocked: 1, dropped: 1 });
    for (const item of items) {
      const found = await getBlock(officer, channelId, item.id);
      const [mark] = found?.marks ?? [];
      const consultAt = found?.consults[0]?.openedAt ?? null;
      expect(blockState({ known: found?.userKey.known ?? false, mark: mark ?? null, consultAt })).toBe(item.state);
    }
    expect((await list(channelId, { state: "due", after: "nonsense" })).items).toHaveLength(3);
  });
  it("tells Today of those who are to be blocked, and those who may see it alone", async () => {
    const channelId = await channel();
    const blockId = await added(channelId);
    const waiting = async (who: PersonActor) =>
      (await listWaiting(who, new Date())).find(({ id }) => id === `blocks:${channelId}`);
    expect(await waiting(officer)).toBeUndefined();
    await identifyBlock(officer, { ...(await entry(channelId, blockId)), userKey: "Today" });
    expect(await waiting(officer)).toMatchObject({ kind: "blockReturned", values: { count: 1 }, dueOn: null });
    expect(await waiting(marketer)).toBeUndefined();
    expect(await waiting(stranger)).toBeUndefined();
    await confirmBlock(officer, { ...(await entry(channelId, blockId)), userKey: null, note });
    expect(await waiting(officer)).toBeUndefined();
  });
  it("is another organization's no more than a list of nobody", async () => {
    const channelId = await channel();
    await added(channelId);
    expect(await list(channelId, {}, stranger)).toMatchObject({ items: [], counts: { waiting: 0 } });
    await expect(list(channelId, {}, marketer)).rejects.toBeInstanceOf(Forbidden);
  });
});

async function drained<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

describe("exportBlocks", () => {
  it("hands the list out by pages, and records that it did", async () => {
    const channelId = await channel();
    const blockId = await added(channelId);
    await identifyBlock(officer, { ...(await entry(channelId, blockId)), userKey: "AbC12dEf34_G" });
    await mark();
    const collect = async (who: PersonActor) => {
      const { pages } = await exportBlocks(who, channelId);
      return (await drained(pages)).flat();
    };
    expect(await collect(officer)).toEqual([
      {
        ...{ label: "봄날의곰", reason: "욕설", blockedOn: null, state: "due", returnedAt: null },
        userKey: "AbC12dEf34_G",
      },
    ]);
    expect((await expectOneEvent("block.exported", channelId)).body).toBe('{"count":1,"userKeys":true}');
    expect((await collect(auditor))[0]?.userKey).toBe("");
    await mark();
    await expect(exportBlocks(marketer, channelId)).rejects.toBeInstanceOf(Forbidden);
    await expect(exportBlocks(stranger, channelId)).rejects.toEqual(new NotFound());
    await expectNoEvent();
  });
  it("goes on past its step", async () => {
    const channelId = await channel();
    const text = `이름\n${Array.from({ length: 1_001 }, (_, n) => `사람${n}`).join("\n")}`;
    const importId = await receiveBlockList(officer, channelId, upload(text), 0);
    await saveBlockImport(officer, { channelId, importId });
    const { pages } = await exportBlocks(officer, channelId);
    const all = await drained(pages);
    expect(all.map((page) => page.length)).toEqual([500, 500, 1]);
    expect(new Set(all.flat().map(({ label }) => label)).size).toBe(1_001);
  });
});
