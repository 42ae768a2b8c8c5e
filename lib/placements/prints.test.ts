import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JobActor } from "@/lib/auth/actor";
import { addDays, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { Conflict, Forbidden, NotFound } from "@/lib/errors";
import { qrMatrix } from "@/lib/qr";
import { readPdf } from "@/lib/qr-read";
import { fileStore } from "@/lib/storage";
import { openTestCompany } from "@/lib/test-company";
import { createPlacement, retirePlacements } from "./commands";
import { drawNext, drawPrints } from "./commands/draw-print";
import { cancelPrint, openPrint, recordRun } from "./commands/open-print";
import { saveQr } from "./commands/save-qr";
import { drawSheet, type SheetCode } from "./print-sheet";
import { listQrVersions } from "./queries/get-qr";
import { getPrint, listPrintable, listPrints } from "./queries/prints";
import { papers, perPage } from "./rules/prints";
import { qrFaults, qrMeasures, usualQr } from "./rules/qr-settings";
import { createPlacementSchema, placementFiltersSchema } from "./schema";
import { type PrintKind, printKinds } from "./schema/prints";
import type { QrSettings } from "./schema/qr";

const company = await openTestCompany();
const { ours, owner, admin, officer, marketer, auditor, stranger, expectNoEvent, newEvents, mark } = company;
const job: JobActor = { kind: "job", name: "prints", organizationId: ours };
let channelId = "";
let serial = 0;

beforeAll(async () => {
  const { rows } = await owner.query(
    "INSERT INTO channels (organization_id, search_id, name) VALUES ($1, '한결생활', '한결') RETURNING id",
    [ours],
  );
  channelId = rows[0].id;
});
beforeEach(mark);
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

const make = (more: object = {}) =>
  createPlacement(
    marketer,
    createPlacementSchema.parse({ channelId, name: `계산대 ${serial++}`, medium: "offline", ...more }),
  );
const bytesOf = async (fileId: string) => {
  const parts: Uint8Array[] = [];
  for await (const part of (await fileStore().read(fileId))?.stream ?? []) parts.push(part);
  return Buffer.concat(parts);
};
const addressOf = (code: string) => `${env().DAMSO_URL}/q/${code}`;

describe("how a QR looks", () => {
  it.each<[string, Partial<QrSettings>, string[]]>([
    ["as usual", {}, []],
    ["grey on white", { dark: "#bbbbbb" }, ["dark"]],
    ["white on black", { dark: "#ffffff", light: "#000000" }, ["dark"]],
    ["ink on Kakao's yellow", { dark: "#123c52", light: "#fee500" }, []],
    ["small", { sideMm: 12 }, ["sideMm"]],
    ["for a poster at two metres", { sideMm: 100, distanceCm: 200 }, ["sideMm"]],
    ["for a poster at two metres, large enough", { sideMm: 260, distanceCm: 200 }, []],
    ["with a logo at M", { logo: true, level: "M" }, ["logo"]],
    ["with a logo at H", { logo: true, level: "H" }, []],
  ])("is judged: %s", (_name, more, fields) => {
    expect(qrFaults({ ...usualQr, ...more }, 37).map(({ field }) => field)).toEqual(fields);
  });
  it("is measured in millimetres", () => {
    expect(qrMeasures({ ...usualQr, sideMm: 45 }, 37)).toEqual({ moduleMm: 1, codeMm: 37, reachCm: 37, contrast: 100 });
  });
  it("is kept version by version, each with one entry, and only if it reads", async () => {
    const { id } = await make();
    await mark();
    const settings = { ...usualQr, sideMm: 50, dark: "#123c52" };
    expect(await saveQr(marketer, { ...settings, placementId: id, number: 0 })).toBe(1);
    await company.expectOneEvent("placement.qr-saved", id);
    expect(await saveQr(marketer, { ...settings, level: "H", placementId: id, number: 1 })).toBe(2);
    expect((await listQrVersions(auditor, id)).map(({ number, level, sideMm }) => [number, level, sideMm])).toEqual([
      [2, "H", 50],
      [1, "Q", 50],
    ]);
    await mark();
    const refused = (more: object, field: unknown) =>
      expect(saveQr(marketer, { ...settings, placementId: id, number: 2, ...more })).rejects.toMatchObject({ field });
    await refused({ sideMm: 11 }, "sideMm");
    await refused({ dark: "#eeeeee" }, "dark");
    await refused({ logo: true, level: "H" }, "logo");
    await refused({ level: "H" }, undefined);
    await expect(saveQr(marketer, { ...settings, placementId: id, number: 1 })).rejects.toBeInstanceOf(Conflict);
    await expect(saveQr(officer, { ...settings, placementId: id, number: 2 })).rejects.toBeInstanceOf(Forbidden);
    for (const placementId of [id, randomUUID()])
      await expect(saveQr(stranger, { ...settings, placementId, number: 2 })).rejects.toEqual(new NotFound());
    const { id: direct } = await make({ medium: "web", mode: "direct" });
    await mark();
    await expect(saveQr(marketer, { ...settings, placementId: direct, number: 0 })).rejects.toMatchObject({
      key: "placements.qrs.fault.direct",
    });
    await expectNoEvent();
  });
});

describe("a paper of many codes", () => {
  const codesOf = (count: number): SheetCode[] =>
    Array.from({ length: count }, (_, at) => ({
      address: `https://damso.hangyeol.example/q/pl_qr_${String(at).padStart(8, "0")}`,
      code: `pl_qr_${String(at).padStart(8, "0")}`,
      name: `강남점 ${at}번 계산대 태블릿 거치대`,
      runNumber: (at % 3) + 1,
      settings: usualQr,
      logo: null,
    }));
  const words = { captionKo: "카카오톡으로 상담하기", captionEn: "Chat with us", run: (n: number) => `${n}쇄` };
  const facts = { title: "라벨", author: "한결", at: new Date("2026-11-24T00:00:00Z") };

  it.each(printKinds.filter((kind) => kind !== "files") as Exclude<PrintKind, "files">[])(
    "holds each code where it belongs and reads: %s",
    async (kind) => {
      const codes = codesOf(perPage(kind) + 1);
      const pdf = await drawSheet(kind, codes, words, facts);
      const wanted = codes.flatMap(({ address }) => (kind === "tent" ? [address, address] : [address]));
      expect(readPdf(pdf)).toEqual(wanted);
      const text = pdf.toString("latin1");
      expect(text.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(2);
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? [];
      expect((Number(width) * 25.4) / 72).toBeCloseTo(papers[kind].width, 1);
      expect((Number(height) * 25.4) / 72).toBeCloseTo(papers[kind].height, 1);
      expect(
        qrFaults({ ...usualQr, sideMm: papers[kind].code, distanceCm: 5 }, qrMatrix(codes[0]?.address ?? "").size),
      ).toEqual([]);
      expect((await drawSheet(kind, codes, words, facts)).equals(pdf)).toBe(true);
    },
  );

  it("is ordered, drawn, handed out and recorded", async () => {
    const made = [await make(), await make(), await make({ medium: "web" })];
    const ids = made.map(({ id }) => id);
    await saveQr(marketer, { ...usualQr, captionKo: "상담은 여기", placementId: ids[1] ?? "", number: 0 });
    expect(
      (await listPrintable(marketer, { ids, filters: placementFiltersSchema.parse({}) }, new Date())).map(
        ({ id }) => id,
      ),
    ).toEqual(expect.arrayContaining(ids));
    await mark();
    const batchId = await openPrint(marketer, { name: "11월 라벨", kind: "labels24", placementId: ids });
    await company.expectOneEvent("print.ordered", batchId);
    await expect(
      recordRun(marketer, { batchId, copies: 1, printedOn: kstDay(new Date()), note: "" }),
    ).rejects.toMatchObject({ key: "placements.prints.refused.waiting" });
    await mark();
    expect(await drawNext(job, new Date())).toBe(true);
    await company.expectOneEvent("print.drawn", batchId);
    expect(await drawNext(job, new Date())).toBe(false);
    const { batch, items } = (await getPrint(auditor, batchId)) ?? { batch: null, items: [] };
    expect(batch).toMatchObject({ done: 3, total: 3, failure: "" });
    expect(items.map(({ runNumber, qrNumber }) => [runNumber, qrNumber])).toEqual([
      [1, null],
      [1, 1],
      [1, null],
    ]);
    expect(readPdf(await bytesOf(batch?.fileId ?? ""))).toEqual(made.map(({ code }) => addressOf(code)));
    await mark();
    const run = { batchId, copies: 30, printedOn: kstDay(new Date()), note: "강남점" };
    await expect(recordRun(marketer, { ...run, printedOn: addDays(run.printedOn, 1) })).rejects.toMatchObject({
      field: "printedOn",
    });
    expect(await recordRun(marketer, run)).toBe(3);
    await company.expectOneEvent("print.recorded", batchId);
    await expect(recordRun(marketer, run)).rejects.toMatchObject({ key: "placements.prints.refused.recorded" });
    expect((await getPrint(auditor, batchId))?.items[0]).toMatchObject({ copies: 30, printedOn: run.printedOn });
    const next = await openPrint(marketer, { name: "다시", kind: "poster_a4", placementId: ids.slice(0, 1) });
    expect((await getPrint(marketer, next))?.items[0]?.runNumber).toBe(2);
    await cancelPrint(marketer, { batchId: next });
    await expect(cancelPrint(marketer, { batchId: next })).rejects.toMatchObject({
      key: "placements.prints.refused.finished",
    });
    expect(await drawNext(job, new Date())).toBe(false);
  });

  it("may be an archive of single files", async () => {
    const { id, code } = await make();
    const batchId = await openPrint(marketer, { name: "파일", kind: "files", placementId: [id] });
    expect(await drawPrints(new Date())).toBe(1);
    const { batch } = (await getPrint(auditor, batchId)) ?? { batch: null };
    const zip = (await bytesOf(batch?.fileId ?? "")).toString("latin1");
    for (const name of [`svg/${code}.svg`, `png/${code}.png`, `pdf/${code}.pdf`, "list.csv"])
      expect(zip).toContain(name);
  });

  it("numbers runs one after the other when two are ordered at once", async () => {
    const { id } = await make();
    const orders = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        openPrint(marketer, { name: `동시 ${at}`, kind: "tent", placementId: [id] }),
      ),
    );
    const runs = await Promise.all(orders.map(async (one) => (await getPrint(admin, one))?.items[0]?.runNumber ?? 0));
    expect(runs.sort()).toEqual([1, 2, 3, 4, 5, 6]);
    for (const batchId of orders) await cancelPrint(marketer, { batchId });
  });

  it("is drawn once by two at the same time", async () => {
    const { id } = await make();
    const batchId = await openPrint(marketer, { name: "둘이서", kind: "labels8", placementId: [id] });
    await mark();
    expect((await Promise.all([drawNext(job, new Date()), drawNext(job, new Date())])).filter(Boolean)).toHaveLength(1);
    expect(await newEvents()).toBe(1);
    expect((await getPrint(admin, batchId))?.batch.fileId).not.toBeNull();
  });

  it("is refused for what hangs no more, for a direct place, for others' places and roles", async () => {
    const { id } = await make();
    const { id: gone } = await make();
    const { id: direct } = await make({ medium: "web", mode: "direct" });
    await retirePlacements(admin, { placementId: [gone], reason: "끝" });
    await mark();
    const order = (placementId: string[], who = marketer) => openPrint(who, { name: "x", kind: "tent", placementId });
    await expect(order([id, gone])).rejects.toMatchObject({ key: "placements.prints.refused.over" });
    await expect(order([direct])).rejects.toMatchObject({ key: "placements.prints.refused.direct" });
    await expect(order([id], stranger)).rejects.toEqual(new NotFound());
    await expect(order([randomUUID()])).rejects.toEqual(new NotFound());
    await expect(order([id], officer)).rejects.toBeInstanceOf(Forbidden);
    await expectNoEvent();
    expect((await listPrints(stranger, { after: "", before: "" })).items).toEqual([]);
    expect((await listPrints(auditor, { after: "", before: "" })).items.length).toBeGreaterThan(5);
  });
});
