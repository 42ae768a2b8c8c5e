// Templates on a real PostgreSQL: no accepted text is lost, and nothing goes to work that a second person has not seen.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { commentTemplate } from "./commands/comment-template";
import { createTemplate, duplicateTemplate, editTemplate, saveDraft } from "./commands/save-draft";
import {
  approveTemplate,
  archiveTemplate,
  recordTemplateUse,
  restoreTemplate,
  retireTemplate,
  returnTemplate,
  submitTemplate,
  takeTemplateInUse,
  withdrawTemplate,
} from "./commands/take-step";
import { getTemplate, getTemplateDraft } from "./queries/get-template";
import { contentHash } from "./rules/content-hash";
import { createTemplateSchema, saveDraftSchema, takeTemplateInUseSchema } from "./schema/template";
import { plainText, templateIn } from "./testing";

let company: TestCompany;
beforeAll(async () => {
  company = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

const stateOf = async (id: string) =>
  (await company.owner.query("SELECT state, version, in_use FROM template_states WHERE template_id = $1", [id]))
    .rows[0];
const put = (id: string, hash: string, more: object = {}) =>
  takeTemplateInUseSchema.parse({ templateId: id, hash, way: "agents", ...more });
const about = (id: string, hash: string, note = "") => ({ templateId: id, hash, note });
const save = (templateId: string, revision: number, text: string, more: object = {}) =>
  saveDraft(company.marketer, saveDraftSchema.parse({ templateId, revision, content: plainText(text), ...more }));

describe("a draft", () => {
  it("is made and saved by the marketer, one event each", async () => {
    const content = plainText("안녕하세요");
    const make = createTemplateSchema.parse({ name: "인사", channelId: "", tags: "공통, 인사,공통", content });
    const id = await createTemplate(company.marketer, make);
    await company.expectOneEvent("template.created", id);
    await expect(createTemplate(company.officer, make)).rejects.toThrow(Forbidden);
    await expect(createTemplate(company.marketer, { ...make, channelId: randomUUID() })).rejects.toThrow(Refused);
    await company.mark();
    expect(await save(id, 1, "안녕하십니까")).toEqual({ revision: 2 });
    await company.expectOneEvent("template.saved", id);
    const { rows } = await company.owner.query("SELECT tags, search, revision FROM templates WHERE id = $1", [id]);
    expect(rows[0]).toEqual({ tags: ["공통", "인사"], search: "인사\n공통\n인사\n안녕하십니까", revision: 2 });
  });

  it("keeps the other's text: a stale save conflicts, the same again is no save", async () => {
    const { id } = await templateIn(company, "draft");
    await save(id, 1, "둘째");
    await expect(save(id, 1, "늦은 글")).rejects.toThrow(Conflict);
    await company.mark();
    expect(await save(id, 2, "둘째")).toEqual({ revision: 2 });
    await company.expectNoEvent();
    const { rows } = await company.owner.query(
      "SELECT content ->> 'text' AS text FROM template_drafts WHERE template_id = $1 ORDER BY number",
      [id],
    );
    expect(rows.map(({ text }) => text)).toEqual(["상담은 평일 9시부터 18시까지 합니다.", "둘째"]);
    await expect(
      company.owner.query("SET ROLE damso_app; UPDATE template_drafts SET hash = hash; RESET ROLE"),
    ).rejects.toThrow("permission denied");
    await company.owner.query("RESET ROLE");
  });

  it("is not found by another organization", async () => {
    const { id, hash } = await templateIn(company, "submitted");
    const input = saveDraftSchema.parse({ templateId: id, revision: 1, content: plainText("남의 글") });
    await expect(saveDraft({ ...company.marketer, organizationId: company.theirs }, input)).rejects.toThrow(NotFound);
    await expect(approveTemplate(company.strangeOfficer, about(id, hash))).rejects.toThrow(NotFound);
    await expect(archiveTemplate(company.stranger, about(id, hash))).rejects.toThrow(NotFound);
  });

  it("is duplicated, renamed, tagged and handed to another owner", async () => {
    const { id, hash } = await templateIn(company, "used");
    const copy = await duplicateTemplate(company.marketer, { templateId: id, name: "겨울 운영 시간" });
    await company.expectOneEvent("template.duplicated", copy);
    expect(await stateOf(copy)).toEqual({ state: "draft", version: null, in_use: null });
    await company.mark();
    const facts = { templateId: id, revision: 1, name: "운영 시간", channelId: null, tags: ["공통"] };
    await editTemplate(company.marketer, { ...facts, ownerId: company.second.personId });
    await company.expectOneEvent("template.saved", id);
    // What was approved is what it says, so a new name leaves it at work.
    expect(await stateOf(id)).toEqual({ state: "used", version: 1, in_use: 1 });
    await expect(
      editTemplate(company.marketer, { ...facts, revision: 2, ownerId: company.stranger.personId }),
    ).rejects.toThrow("templates.template.refused.owner");
    await expect(save(id, 2, "새 글", { channelId: randomUUID() })).rejects.toThrow(
      "templates.template.refused.channel",
    );
    expect((await company.owner.query("SELECT hash FROM templates WHERE id = $1", [id])).rows[0].hash).toBe(hash);
  });
});

describe("a version", () => {
  it("is submitted, approved by another person and taken in use, one event each", async () => {
    const { id, hash } = await templateIn(company, "draft");
    await expect(approveTemplate(company.officer, about(id, hash))).rejects.toThrow("templates.template.refused.draft");
    await submitTemplate(company.marketer, about(id, hash));
    await company.expectOneEvent("template.submitted", id);
    await expect(save(id, 1, "기다리는 동안")).rejects.toThrow("templates.template.refused.submitted");
    await expect(approveTemplate(company.marketer, about(id, hash))).rejects.toThrow(Forbidden);
    await expect(approveTemplate(company.admin, about(id, hash))).rejects.toThrow(Forbidden);
    await company.mark();
    await approveTemplate(company.officer, about(id, hash));
    await company.expectOneEvent("template.approved", id);
    expect(await stateOf(id)).toEqual({ state: "approved", version: 1, in_use: null });
    await expect(takeTemplateInUse(company.officer, put(id, hash))).rejects.toThrow(Forbidden);
    await company.mark();
    await takeTemplateInUse(company.admin, put(id, hash, { place: "공통 폴더" }));
    await company.expectOneEvent("template.used", id);
    expect(await stateOf(id)).toEqual({ state: "used", version: 1, in_use: 1 });
    await company.mark();
    await recordTemplateUse(company.marketer, put(id, hash, { way: "dealer", place: "TPL-12" }));
    await company.expectOneEvent("template.use-recorded", id);
    await company.mark();
    await retireTemplate(company.admin, about(id, hash));
    await company.expectOneEvent("template.retired", id);
    expect(await stateOf(id)).toEqual({ state: "retired", version: 1, in_use: null });
    await expect(retireTemplate(company.admin, about(id, hash))).rejects.toThrow("notInUse");
    await expect(recordTemplateUse(company.marketer, put(id, hash))).rejects.toThrow("notInUse");
  });

  it("is not submitted while it breaks a rule", async () => {
    const { id, hash } = await templateIn(company, "draft", { content: plainText("가".repeat(1_001)) });
    await expect(submitTemplate(company.marketer, about(id, hash))).rejects.toThrow(
      "templates.template.refused.faults",
    );
    expect(await stateOf(id)).toEqual({ state: "draft", version: null, in_use: null });
  });

  it("is refused when the page showed another text", async () => {
    const { id, hash } = await templateIn(company, "submitted");
    await withdrawTemplate(company.marketer, about(id, hash));
    await company.expectOneEvent("template.withdrawn", id);
    await save(id, 1, "고친 글");
    const fresh = contentHash(plainText("고친 글"));
    await submitTemplate(company.marketer, about(id, fresh));
    await expect(approveTemplate(company.officer, about(id, hash))).rejects.toThrow(Conflict);
    await approveTemplate(company.officer, about(id, fresh));
    expect(await stateOf(id)).toEqual({ state: "approved", version: 2, in_use: null });
  });

  it("is approved by nobody who wrote or submitted it, whatever role they have now", async () => {
    const writer = await company.join("MARKETER");
    const { id } = await templateIn(company, "draft");
    const content = plainText("두 사람이 쓴 글");
    await saveDraft(writer, saveDraftSchema.parse({ templateId: id, revision: 1, content }));
    const hash = contentHash(content);
    await submitTemplate(company.marketer, about(id, hash));
    for (const person of [writer, company.marketer]) {
      const promoted = { ...person, role: "COMPLIANCE_OFFICER" as const };
      await expect(approveTemplate(promoted, about(id, hash))).rejects.toThrow("templates.template.refused.own");
      await expect(returnTemplate(promoted, about(id, hash, "이유"))).rejects.toThrow("templates.template.refused.own");
    }
    await approveTemplate(company.officer, about(id, hash));
  });

  it("is approved in the table itself only by its rules", async () => {
    const writer = await company.join("MARKETER");
    const { id, hash } = await templateIn(company, "draft");
    const content = plainText("두 사람이 쓴 글");
    await saveDraft(writer, saveDraftSchema.parse({ templateId: id, revision: 1, content }));
    const fresh = contentHash(content);
    await submitTemplate(company.marketer, about(id, fresh));
    const approve = (personId: string, named: string) =>
      company.owner.query(
        `INSERT INTO template_steps (organization_id, template_id, version_id, kind, hash, person_id)
         SELECT organization_id, template_id, id, 'approved', $2, $3 FROM template_versions WHERE template_id = $1`,
        [id, named, personId],
      );
    await expect(approve(writer.personId, fresh)).rejects.toThrow("Nobody approves");
    await expect(approve(company.marketer.personId, fresh)).rejects.toThrow("Nobody approves");
    await expect(approve(company.officer.personId, hash)).rejects.toThrow("names the hash");
    await approve(company.officer.personId, fresh);
    await expect(approve(company.officer.personId, fresh)).rejects.toThrow("Only what was submitted");
  });

  it("goes back with a reason, is written anew, and leaves the one at work alone until it is used", async () => {
    const { id } = await templateIn(company, "used");
    await save(id, 1, "둘째 판");
    const hash = contentHash(plainText("둘째 판"));
    expect(await stateOf(id)).toEqual({ state: "draft", version: 1, in_use: 1 });
    await submitTemplate(company.marketer, about(id, hash));
    await company.mark();
    await returnTemplate(company.officer, about(id, hash, "존댓말로 써 주세요"));
    await company.expectOneEvent("template.returned", id);
    expect(await stateOf(id)).toEqual({ state: "returned", version: 2, in_use: 1 });
    await expect(submitTemplate(company.marketer, about(id, hash))).rejects.toThrow("refused.returned");
    await save(id, 2, "셋째 판");
    const third = contentHash(plainText("셋째 판"));
    await submitTemplate(company.marketer, about(id, third));
    await approveTemplate(company.officer, about(id, third));
    expect(await stateOf(id)).toEqual({ state: "approved", version: 3, in_use: 1 });
    await takeTemplateInUse(company.marketer, put(id, third));
    expect(await stateOf(id)).toEqual({ state: "used", version: 3, in_use: 3 });
  });
});

it("is put away when it is not at work, and taken out as it was", async () => {
  const { id, hash } = await templateIn(company, "used");
  await expect(archiveTemplate(company.admin, about(id, hash))).rejects.toThrow("templates.template.refused.inUse");
  await retireTemplate(company.marketer, about(id, hash));
  await company.mark();
  await archiveTemplate(company.marketer, about(id, hash));
  await company.expectOneEvent("template.archived", id);
  await expect(save(id, 1, "보관 중")).rejects.toThrow("templates.template.refused.archived");
  await company.mark();
  await restoreTemplate(company.admin, about(id, hash));
  await company.expectOneEvent("template.restored", id);
  expect(await stateOf(id)).toEqual({ state: "retired", version: 1, in_use: null });
});

it("is talked about", async () => {
  const { id } = await templateIn(company, "draft");
  await commentTemplate(company.officer, { templateId: id, revision: 1, text: "마지막 문장이 깁니다." });
  await company.expectOneEvent("template.commented", id);
  await expect(commentTemplate(company.auditor, { templateId: id, revision: 1, text: "감사" })).rejects.toThrow(
    Forbidden,
  );
});

it("is read with all that was done about it, and with how the view says it stands", async () => {
  const { id, hash } = await templateIn(company, "used");
  await commentTemplate(company.officer, { templateId: id, revision: 9, text: "좋습니다." });
  await save(id, 1, "둘째 판");
  const found = await getTemplate(company.auditor, id);
  expect(found).toMatchObject({
    ...{ revision: 2, ownerName: "MARKETER", content: { text: "둘째 판" }, authorIds: [company.marketer.personId] },
    versions: [{ number: 1, hash, content: { text: "상담은 평일 9시부터 18시까지 합니다." } }],
    steps: [{ kind: "used" }, { kind: "approved", personName: "COMPLIANCE_OFFICER" }, { kind: "submitted", number: 1 }],
    comments: [{ revision: 1, text: "좋습니다." }],
    uses: [{ way: "agents", number: 1, channelName: null }],
  });
  const { state, version, inUse } = found?.standing ?? {};
  expect(await stateOf(id)).toEqual({ state, version, in_use: inUse });
  expect(await getTemplateDraft(company.auditor, id, 1)).toMatchObject({ number: 1, hash, personName: "MARKETER" });
  expect(await getTemplate(company.stranger, id)).toBeNull();
  expect(await getTemplateDraft(company.stranger, id, 1)).toBeNull();
  expect(await getTemplate(company.auditor, "none")).toBeNull();
});
