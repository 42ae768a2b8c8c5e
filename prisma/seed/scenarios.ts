// What answers before an agent does: one scenario in use since summer, and a draft that is not sound yet.
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { scenarioHash } from "@/lib/rehearsal/rules/scenario-hash";
import { type Scenario, scenarioSchema } from "@/lib/rehearsal/schema/scenario";
import type { Prisma } from "@/prisma/generated/client";
import { seededId } from "./channels";
import { recordPastEvent } from "./past-event";
import { ago } from "./privacy";
import type { TemplateContext } from "./templates";

const weekdays = [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1_080 }));

/** @param template id of one of the company's templates by its name */
const first = (template: (name: string) => string): Scenario =>
  scenarioSchema.parse({
    start: "n1",
    hours: { days: weekdays },
    notUnderstood: "말씀을 이해하지 못했습니다. 아래에서 골라 주십시오.",
    nodes: [
      {
        ...{ id: "n1", kind: "menu", name: "첫 메뉴", text: "안녕하세요, 한결생활입니다. 무엇을 도와드릴까요?" },
        choices: [
          { label: "배송 조회", keywords: ["택배", "언제 와"], to: "n2" },
          { label: "주문 확인", keywords: ["주문"], to: "n3" },
          { label: "반품·교환", keywords: ["환불", "반품", "교환"], to: "n4" },
          { label: "상담원 연결", keywords: ["상담원", "사람"], to: "n8" },
        ],
      },
      { id: "n2", kind: "answer", templateId: template("배송 조회 안내") },
      { id: "n3", kind: "answer", templateId: template("주문 내역 확인") },
      {
        ...{ id: "n4", kind: "menu", name: "반품·교환", text: "어떤 제품을 돌려보내시나요?" },
        choices: [
          { label: "조립한 가구", keywords: ["조립"], to: "n5" },
          { label: "조립 전 가구", to: "n6" },
          { label: "소품", to: "n6" },
          { label: "처음으로", to: "n1" },
        ],
      },
      {
        id: "n5",
        kind: "answer",
        text: "조립한 가구는 사진을 먼저 확인합니다. 상담원이 이어서 안내합니다.",
        next: "n8",
      },
      { id: "n6", kind: "answer", templateId: template("반품 접수 안내"), next: "n7" },
      {
        ...{ id: "n7", kind: "menu", text: "더 도와드릴 것이 있나요?" },
        choices: [
          { label: "처음으로", to: "n1" },
          { label: "없어요", keywords: ["아니", "끝"], to: "n10" },
        ],
      },
      { id: "n8", kind: "hours", name: "운영 시간", open: "n9", closed: "n11" },
      { id: "n9", kind: "agent", text: "상담원에게 연결합니다. 잠시만 기다려 주십시오." },
      { id: "n10", kind: "end", text: "이용해 주셔서 고맙습니다." },
      { id: "n11", kind: "end", text: "상담은 평일 09:00부터 18:00까지 합니다. 그때 다시 문의해 주십시오." },
    ],
  });

/** A new menu for the membership channel: one way leads nowhere yet. */
const membership = scenarioSchema.parse({
  start: "n1",
  hours: { days: weekdays },
  nodes: [
    {
      ...{ id: "n1", kind: "menu", name: "멤버십 메뉴", text: "한결멤버십입니다. 무엇이 궁금하신가요?" },
      choices: [
        { label: "등급과 혜택", keywords: ["등급"], to: "n2" },
        { label: "포인트", keywords: ["적립금"], to: "n3" },
      ],
    },
    { id: "n2", kind: "answer", text: "등급은 지난 12개월의 구매 금액으로 매월 1일에 정합니다." },
    { id: "n3", kind: "menu", text: "포인트의 무엇이 궁금하신가요?" },
  ],
});

/** The scenarios of a company, once. */
export async function seedScenarios({ now, channelId, person }: TemplateContext): Promise<void> {
  const [marketer, other, officer] = [person("이하늘"), person("오지훈"), person("박도현")];
  await ingest(marketer, "scenario:edit", async (tx) => {
    if ((await tx.scenario.count()) > 0) return;
    const template = (name: string) => seededId(marketer.organizationId, "template", name);
    const content = first(template);
    const id = await write(tx, marketer, ago(now, 96, 10, 12), {
      name: "첫 안내",
      channelId: channelId("한결생활"),
      content,
    });
    const [hash, versionId] = [scenarioHash(content), seededId(id, "version", "1")];
    const { organizationId, personId } = marketer;
    await tx.scenarioVersion.create({
      data: {
        ...{ id: versionId, organizationId, scenarioId: id, number: 1, revision: 1, name: "첫 안내", hash, personId },
        ...{ content: content as unknown as Prisma.InputJsonValue, at: ago(now, 96, 11, 2) },
      },
    });
    const steps = [
      ["submitted", marketer, ago(now, 96, 11, 2)],
      ["approved", officer, ago(now, 95, 9, 40)],
      ["used", marketer, ago(now, 95, 10, 5)],
    ] as const;
    for (const [kind, who, at] of steps) {
      const row = { organizationId, scenarioId: id, versionId, kind, hash, personId: who.personId, at };
      await tx.scenarioStep.create({ data: row });
      const body = { version: 1, hash };
      await recordPastEvent(tx, who, at, { action: `scenario.${kind}`, target: { kind: "scenario", id }, body });
    }
    await tx.scenario.update({ where: { id }, data: { changedAt: ago(now, 95, 10, 5) } });
    const draft = { name: "멤버십 안내", channelId: channelId("한결멤버십"), content: membership };
    await write(tx, other, ago(now, 2, 16, 20), draft);
  });
}

async function write(
  tx: Tx,
  { organizationId, personId, ...rest }: PersonActor,
  at: Date,
  { name, channelId, content }: { name: string; channelId: string; content: Scenario },
): Promise<string> {
  const [id, hash] = [seededId(organizationId, "scenario", name), scenarioHash(content)];
  await tx.scenario.create({
    data: { id, organizationId, channelId, name, hash, createdBy: personId, createdAt: at, changedAt: at },
  });
  const json = content as unknown as Prisma.InputJsonValue;
  await tx.scenarioDraft.create({
    data: { organizationId, scenarioId: id, number: 1, name, content: json, hash, personId, at },
  });
  const who = { organizationId, personId, ...rest };
  await recordPastEvent(tx, who, at, { action: "scenario.created", target: { kind: "scenario", id }, body: { hash } });
  return id;
}
