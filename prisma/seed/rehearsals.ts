// Rehearsals of the demonstration: one walked to its end before the channel's scenario went to work, one that was given up. Both left nothing but evidence.
import { ingest } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { currentBounds, liveNotice } from "@/lib/rehearsal/queries/current-bound";
import { boundSchema } from "@/lib/rehearsal/rules/bound";
import type { Bubble } from "@/lib/rehearsal/rules/phone";
import type { Detail, EventKind } from "@/lib/rehearsal/schema/rehearsal";
import { seededId } from "./channels";
import { recordPastEvent } from "./past-event";
import { ago } from "./privacy";
import type { TemplateContext } from "./templates";

const hour = 3_600_000;
const day = 24 * hour;
const [first, second] = ["rehearsal-318402957", "rehearsal-604117283"];

type Past = {
  kind: EventKind;
  detail?: Detail /** Minutes after the beginning. */;
  minute: number /** Days ahead. */;
  ahead?: number;
};

const walked = (notice: Detail): Past[] => [
  { kind: "refused", minute: 1, detail: { why: "first", reason: "noSession", code: "A213", text: "noSession" } },
  {
    kind: "entered",
    minute: 2,
    detail: { entry: "pc-login", place: "홈 하단", code: "pl_home_footer", state: "live" },
  },
  { kind: "opened", minute: 2, detail: { session: first, extra: "pl_home_footer", returning: false } },
  { kind: "noticed", minute: 2, detail: { session: first, ...notice } },
  { kind: "robot", minute: 2, detail: { session: first, node: "n1" } },
  { kind: "said", minute: 3, detail: { session: first } },
  { kind: "robot", minute: 3, detail: { session: first, node: "n9" } },
  { kind: "handed", minute: 3, detail: { session: first } },
  { kind: "replied", minute: 5, detail: { session: first, template: "배송 조회 안내", version: 1 } },
  { kind: "alimtalk", minute: 6 },
  { kind: "ended", minute: 7, detail: { session: first, by: "left" } },
  { kind: "refused", minute: 8, detail: { why: "ended", reason: "noSession", code: "A213", text: "noSession" } },
  {
    kind: "entered",
    minute: 9,
    detail: { entry: "qr", place: "홈 하단", code: "pl_home_footer", state: "live" },
  },
  { kind: "opened", minute: 9, detail: { session: second, extra: "pl_home_footer", returning: true } },
  { kind: "noticed", minute: 9, detail: { session: second, ...notice } },
  { kind: "passed", minute: 11, ahead: 30, detail: { leap: "month", days: 30 } },
  { kind: "ended", minute: 11, ahead: 30, detail: { session: second, by: "silent" } },
  { kind: "passed", minute: 12, ahead: 1_127, detail: { leap: "due", days: 1_097 } },
  { kind: "destroyed", minute: 13, ahead: 1_127, detail: { sessions: 2, messages: 5, rings: "open" } },
];

const bubble = (event: number, side: Bubble["side"], text = "", buttons: string[] = []): Bubble => ({
  ...{ side, text, buttons, picture: "", event, gone: false },
});

/** What the phone showed after an act, by the number of its last event. */
const pictures = (notice: string): ReadonlyMap<number, Bubble[]> => {
  const menu = bubble(5, "channel", "안녕하세요, 한결생활입니다. 무엇을 도와드릴까요?", [
    "배송 조회",
    "주문 확인",
    "반품·교환",
    "상담원 연결",
  ]);
  const opened = [bubble(3, "line"), bubble(4, "notice", notice), menu];
  const handed = [
    bubble(6, "user", "상담원 연결"),
    bubble(7, "channel", "상담원에게 연결합니다. 잠시만 기다려 주십시오."),
    bubble(8, "line"),
  ];
  const talked = [...opened, ...handed, bubble(9, "channel", "문의하신 상품은 오늘 배송을 시작했습니다.")];
  return new Map([
    [1, []],
    [5, opened],
    [8, [...opened, ...handed]],
    [9, talked],
    [10, [...talked, bubble(10, "other")]],
    [11, [...talked, bubble(10, "other"), bubble(11, "line")]],
    [15, [bubble(11, "line"), bubble(14, "line"), bubble(15, "notice", notice)]],
    [17, [bubble(14, "line"), bubble(15, "notice", notice), bubble(16, "line"), bubble(17, "line")]],
    [19, [bubble(18, "line"), bubble(19, "line")]],
  ]);
};

/** The rehearsals of a company, once. */
export async function seedRehearsals({ now, channelId, person }: TemplateContext): Promise<void> {
  const marketer = person("이하늘");
  const { organizationId, personId } = marketer;
  const channel = channelId("한결생활");
  const write = async (tx: Tx, name: string, format: "infobank" | "happytalk", at: Date, past: readonly Past[]) => {
    const current = (await currentBounds(tx, [channel])).get(channel);
    const notice = await liveNotice(tx, channel);
    const [id, end] = [seededId(organizationId, "rehearsal", name), (past.at(-1)?.minute ?? 0) + 1];
    const endedAt = new Date(at.getTime() + end * 60_000);
    const outcome = past.some(({ kind }) => kind === "destroyed") ? "finished" : "given-up";
    const row = {
      id,
      organizationId,
      channelId: channel,
      format,
      bound: boundSchema.parse(current),
      personId,
      at,
      endedAt,
      outcome,
    };
    await tx.rehearsal.create({
      data: {
        ...{ ...row, scenarioVersionId: current?.scenarioVersionId ?? null },
        ...{ offsetMs: BigInt((past.at(-1)?.ahead ?? 0) * day), destroyedAt: endedAt },
      },
    });
    const shown = pictures(notice?.text ?? "");
    await tx.rehearsalEvent.createMany({
      data: past.map(({ kind, detail = {}, minute, ahead = 0 }, place) => {
        const notedAt = new Date(at.getTime() + minute * 60_000);
        const picture = outcome === "finished" ? shown.get(place + 1) : undefined;
        return {
          ...{ organizationId, rehearsalId: id, number: place + 1, kind, detail, personId, notedAt },
          ...{ at: new Date(notedAt.getTime() + ahead * day), ...(picture ? { picture } : {}) },
        };
      }),
    });
    const target = { kind: "rehearsal", id };
    await recordPastEvent(tx, marketer, at, { action: "rehearsal.started", target, body: { channel, format } });
    await recordPastEvent(tx, marketer, endedAt, { action: "rehearsal.ended", target, body: { outcome } });
  };
  await ingest(marketer, "rehearsal:run", async (tx) => {
    if ((await tx.rehearsal.count()) > 0) return;
    const notice = await liveNotice(tx, channel);
    const events = walked({ hash: notice?.hash ?? "", number: notice?.number ?? 0 });
    await write(tx, "둘째", "infobank", ago(now, 12, 14, 5), events);
    await write(tx, "첫째", "happytalk", ago(now, 13, 16, 40), events.slice(0, 4));
  });
}
