import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMessages, openSessionKeys } from "@/lib/archive/seal";
import { read } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden, NotFound, Refused } from "@/lib/errors";
import { createTemplate } from "@/lib/templates/commands/save-draft";
import { approveTemplate, submitTemplate, takeTemplateInUse } from "@/lib/templates/commands/take-step";
import { getTemplateInUse, listSendable, type TemplateInUse } from "@/lib/templates/queries/list-sendable";
import { contentHash } from "@/lib/templates/rules/content-hash";
import { filledContent } from "@/lib/templates/rules/fill";
import { templateContentSchema, variableSchema } from "@/lib/templates/schema/content";
import { createTemplateSchema, takeTemplateInUseSchema } from "@/lib/templates/schema/template";
import { askSend, tellSend } from "./commands/send-message";
import { getSending } from "./queries/get-sending";
import { sentRow, valueFault, whyNotSend } from "./rules/sending";
import { openReadingCompany, type ReadingCompany, saidUserKey } from "./testing";

let company: ReadingCompany;
let template: TemplateInUse;
const now = new Date("2026-11-19T08:00:00Z");
const content = templateContentSchema.parse({
  ...{ type: "PLAIN_TEXT", text: "#{이름}은 접수했습니다." },
  variables: [{ name: "이름", samples: ["주문"], max: 10 }],
});

async function inUse(channelId: string): Promise<TemplateInUse> {
  const input = createTemplateSchema.parse({ name: `접수 ${randomUUID()}`, channelId, content });
  const id = await createTemplate(company.marketer, input);
  const about = { templateId: id, hash: contentHash(content), note: "" };
  await submitTemplate(company.marketer, about);
  expect(await getTemplateInUse(company.officer, id)).toBeNull();
  await approveTemplate(company.officer, about);
  await takeTemplateInUse(company.marketer, takeTemplateInUseSchema.parse({ ...about, way: "agents" }));
  const found = await getTemplateInUse(company.officer, id);
  if (!found) throw new Error("It is not in use");
  return found;
}

beforeAll(async () => {
  company = await openReadingCompany();
  template = await inUse("");
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

describe("a message into an open consultation", () => {
  it("is written down before it goes, told once, and stands in the transcript when the dealer took it", async () => {
    const sessionId = await company.consult();
    await company.mark();
    const asked = await askSend(company.officer, { sessionId, template }, now);
    await company.expectOneEvent("transcript.send-asked", sessionId);
    expect(asked).toMatchObject({ channelId: company.channelId, userKey: saidUserKey });
    expect(asked.serial).toMatch(/^[a-z0-9]{30}$/);
    expect((await getSending(company.officer, sessionId, now))?.sent).toMatchObject([{ outcome: null, number: 1 }]);
    await company.mark();
    const filled = filledContent(content, new Map([["이름", "책상"]]));
    const accepted = { outcome: "accepted", reason: "", messageKey: "k" } as const;
    await tellSend(company.officer, asked, accepted, { template, content: filled }, now);
    await company.expectOneEvent("transcript.send-told", sessionId);
    const told = read(company.officer, "transcript:read", async (tx) => {
      const key = (await openSessionKeys(tx, company.ours, [sessionId])).get(sessionId);
      return key ? openMessages(tx, { id: sessionId, organizationId: company.ours }, key, { take: 10 }) : [];
    });
    expect((await told).map(({ direction, kind, content: said }) => [direction, kind, said])).toEqual([
      ["in", "text", expect.anything()],
      ["out", "text", expect.objectContaining({ text: "책상은 접수했습니다." })],
    ]);
    const again = tellSend(company.officer, asked, { ...accepted, outcome: "refused" }, { template, content }, now);
    await expect(again).rejects.toThrow("told once");
    expect((await getSending(company.officer, sessionId, now))?.sent).toMatchObject([{ outcome: "accepted" }]);
    expect(await company.accesses(new Date(0))).toContainEqual(
      expect.objectContaining({ action: "send", session_id: sessionId }),
    );
  });

  it("leaves no words where the dealer refused it", async () => {
    const sessionId = await company.consult();
    const asked = await askSend(company.admin, { sessionId, template }, now);
    const refused = { outcome: "refused", reason: "noSession", messageKey: "" } as const;
    await tellSend(company.admin, asked, refused, { template, content }, now);
    const { rows } = await company.owner.query("SELECT direction FROM messages WHERE session_id = $1", [sessionId]);
    expect(rows).toEqual([{ direction: "in" }]);
    expect((await getSending(company.admin, sessionId, now))?.sent).toMatchObject([
      { outcome: "refused", reason: "noSession" },
    ]);
  });

  it("is refused after the end, after thirty days of silence, with another channel's template, and to strangers", async () => {
    const sessionId = await company.consult();
    const late = new Date("2026-12-25T00:00:00Z");
    const ask = (actor = company.officer, of = template, at = now) => askSend(actor, { sessionId, template: of }, at);
    await company.mark();
    await expect(ask(company.officer, template, late)).rejects.toThrow("transcripts.sending.refused.expired");
    const { id: elsewhere } = await company.opened();
    const foreign = await inUse(elsewhere);
    expect((await listSendable(company.officer, company.channelId)).map(({ id }) => id)).toEqual([template.id]);
    await expect(ask(company.officer, foreign)).rejects.toThrow(Refused);
    for (const actor of [company.marketer, company.auditor]) await expect(ask(actor)).rejects.toThrow(Forbidden);
    await expect(ask(company.strangeOfficer)).rejects.toThrow(NotFound);
    expect(await getSending(company.strangeOfficer, sessionId, now)).toBeNull();
    await company.owner.query("UPDATE consult_sessions SET ended_at = $2 WHERE id = $1", [sessionId, now]);
    await expect(ask()).rejects.toThrow("transcripts.sending.refused.ended");
    const { rows } = await company.owner.query("SELECT id FROM message_sends WHERE session_id = $1", [sessionId]);
    expect(rows).toEqual([]);
  });
});

describe("what may be sent", () => {
  const open = { endedAt: null, lastUserMessageAt: now, openedAt: now, blocked: false };
  it("needs an open consultation of somebody who is not blocked", () => {
    expect(whyNotSend(open, now)).toBeNull();
    expect(whyNotSend({ ...open, blocked: true }, now)).toBe("blocked");
    expect(whyNotSend({ ...open, endedAt: now, blocked: true }, now)).toBe("ended");
    expect(whyNotSend(open, new Date(now.getTime() + 31 * 86_400_000))).toBe("expired");
  });

  it("takes values that the template allows", () => {
    const short = variableSchema.parse({ name: "이름", max: 3 });
    const listed = variableSchema.parse({ name: "상태", closed: true, samples: ["접수", "완료"] });
    expect(["", "  ", "가나다", "가나다라"].map((value) => valueFault(short, value))).toEqual([
      ...["empty", "empty", null, "long"],
    ]);
    expect(["접수", "취소"].map((value) => valueFault(listed, value))).toEqual([null, "unlisted"]);
  });

  it("fills every text, particles too, and keeps what was said in words", () => {
    const rich = templateContentSchema.parse({
      ...{ type: "RICH_TEXT", title: "#{이름} 안내", text: "#{이름}은 도착했습니다. #{모름}" },
      buttons: [{ type: "WL", name: "#{이름} 보기", urlMobile: "https://example.com/#{이름}" }],
      variables: [{ name: "이름" }],
    });
    const filled = filledContent(rich, new Map([["이름", "의자"]]));
    expect(filled).toMatchObject({
      ...{ title: "의자 안내", text: "의자는 도착했습니다. #{모름}", variables: [] },
      buttons: [{ name: "의자 보기", urlMobile: "https://example.com/의자" }],
    });
    expect(sentRow(filled, { id: "t", name: "안내", number: 2 })).toEqual({
      row: "text",
      content: {
        ...{ title: "의자 안내", text: "의자는 도착했습니다. #{모름}", description: "", contents: [] },
        ...{ buttons: [{ name: "의자 보기" }], template: { id: "t", name: "안내", version: 2 } },
      },
    });
  });
});
