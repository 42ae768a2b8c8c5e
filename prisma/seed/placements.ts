// The demonstration's buttons and QR codes, with up to a year of presses. Deterministic but for ids; dated relative to `now`.
import { createHash } from "node:crypto";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { recordPresses } from "@/lib/db/crossings";
import type { Medium, Mode } from "@/lib/placements/schema";
import { recordPastEvent } from "./past-event";

export type PlacementSeed = {
  now: Date;
  /** Who makes the placements: a person of the organization with the right to. */
  actor: PersonActor;
  /** Id of a channel by its search id without "@". */
  channelId: (searchId: string) => string;
  /** Id of a person by name. */
  personId: (name: string) => string;
};

/** Days over which a place grows or fades. */
const trendDays = 56;

type Made = {
  code: string;
  name: string;
  channel: string;
  medium: Medium;
  site?: string;
  location: string;
  pageUrl?: string;
  campaign?: string;
  tags?: string[];
  /** Days before today on which its planned period began, and days after today on which it ends. */
  period?: { began: number; ends: number };
  owner: string;
  mode?: Mode;
  /** People in 28 days, per day on average. */
  presses?: number;
  scans?: number;
  /** Growth over the eight weeks: 1 is level, 0.5 halves. */
  trend?: number;
  daysOld: number;
  retired?: { daysAgo: number; reason: string };
};

const hangyeol: readonly Made[] = [
  {
    code: "pl_store_gangnam_pos_01",
    name: "강남점 계산대",
    channel: "한결생활",
    medium: "offline",
    site: "강남점",
    location: "1층 계산대 태블릿 거치대",
    campaign: "매장 상시 안내",
    tags: ["매장", "계산대"],
    owner: "이하늘",
    presses: 14,
    scans: 36.6,
    trend: 1.3,
    daysOld: 102,
  },
  {
    code: "pl_home_footer",
    name: "홈 하단",
    channel: "한결생활",
    medium: "web",
    site: "한결생활몰",
    location: "홈 하단",
    pageUrl: "https://www.hangyeol.example/",
    tags: ["상시"],
    owner: "이하늘",
    presses: 103.8,
    trend: 1.1,
    daysOld: 210,
  },
  {
    code: "pl_pdp_chair",
    name: "의자 상품 상세",
    channel: "한결생활",
    medium: "web",
    site: "한결생활몰",
    location: "의자 상품 상세",
    pageUrl: "https://www.hangyeol.example/products/chair",
    campaign: "가을 거실전",
    tags: ["상품", "가을"],
    period: { began: 60, ends: 20 },
    owner: "이하늘",
    presses: 40.9,
    daysOld: 160,
  },
  {
    code: "at_delivery_bc",
    name: "배송 알림톡 상담 버튼",
    channel: "한결생활",
    medium: "message",
    site: "알림톡",
    location: "배송 출발 안내",
    tags: ["배송"],
    owner: "한유진",
    mode: "direct",
    daysOld: 133,
  },
  {
    code: "pl_box_run3",
    name: "포장 상자 옆면 3쇄",
    channel: "한결생활",
    medium: "offline",
    site: "물류센터",
    location: "대형 포장 상자 옆면",
    tags: ["배송", "인쇄"],
    owner: "오지훈",
    scans: 22.4,
    trend: 1.2,
    daysOld: 64,
  },
  {
    code: "pl_app_settings",
    name: "앱 설정 화면",
    channel: "한결생활",
    medium: "app",
    site: "한결생활 앱",
    location: "설정 > 고객센터",
    tags: ["상시"],
    owner: "오지훈",
    presses: 29,
    daysOld: 120,
  },
  {
    code: "pl_checkout_done",
    name: "결제 완료 화면",
    channel: "한결생활",
    medium: "mobile_web",
    site: "한결생활몰 모바일",
    location: "결제 완료",
    pageUrl: "https://m.hangyeol.example/order/done",
    tags: ["주문"],
    owner: "이하늘",
    presses: 23.4,
    trend: 1.15,
    daysOld: 88,
  },
  {
    code: "pl_store_busan_door",
    name: "부산점 입구 포스터",
    channel: "한결생활",
    medium: "offline",
    site: "부산점",
    location: "정문 왼쪽",
    campaign: "매장 상시 안내",
    tags: ["매장"],
    owner: "오지훈",
    scans: 8.3,
    daysOld: 41,
  },
  {
    code: "pl_mem_faq",
    name: "멤버십 FAQ",
    channel: "한결멤버십",
    medium: "web",
    site: "한결생활몰",
    location: "멤버십 FAQ",
    pageUrl: "https://www.hangyeol.example/membership/faq",
    campaign: "멤버십 전환",
    tags: ["멤버십"],
    owner: "이하늘",
    presses: 6.7,
    trend: 0.4,
    daysOld: 300,
  },
  {
    code: "pl_mem_flyer2",
    name: "멤버십 가입 안내문 2쇄",
    channel: "한결멤버십",
    medium: "offline",
    site: "전 매장",
    location: "계산대",
    campaign: "멤버십 전환",
    tags: ["매장", "멤버십"],
    period: { began: 240, ends: -8 },
    owner: "이하늘",
    scans: 1.5,
    trend: 0.3,
    daysOld: 240,
  },
  {
    code: "pl_mem_app_card",
    name: "앱 멤버십 카드 뒷면",
    channel: "한결멤버십",
    medium: "app",
    site: "한결생활 앱",
    location: "멤버십 카드 뒷면",
    campaign: "멤버십 전환",
    tags: ["멤버십"],
    owner: "오지훈",
    presses: 3.1,
    trend: 0.6,
    daysOld: 190,
  },
  {
    code: "pl_b2b_quote",
    name: "B2B 견적 페이지",
    channel: "한결비투비",
    medium: "web",
    site: "한결 B2B",
    location: "견적 요청",
    pageUrl: "https://b2b.hangyeol.example/quote",
    owner: "이하늘",
    daysOld: 9,
  },
  {
    code: "pl_flyer_autumn",
    name: "가을 행사 전단",
    channel: "한결생활",
    medium: "offline",
    site: "강남점·부산점",
    location: "행사 전단",
    campaign: "가을 거실전",
    tags: ["인쇄", "가을"],
    owner: "이하늘",
    scans: 4,
    trend: 0.3,
    daysOld: 75,
    retired: { daysAgo: 12, reason: "행사가 끝났습니다" },
  },
];

const dure: readonly Made[] = [
  {
    code: "dure_home_top",
    name: "홈 상단",
    channel: "두레상사",
    medium: "web",
    site: "두레상사 홈페이지",
    location: "홈 상단",
    pageUrl: "https://www.dure.example/",
    owner: "문지호",
    presses: 11,
    daysOld: 70,
  },
  {
    code: "dure_desk",
    name: "안내 데스크 QR",
    channel: "두레상사",
    medium: "offline",
    site: "본사",
    location: "1층 안내 데스크",
    owner: "문지호",
    scans: 3,
    daysOld: 30,
  },
];

/** The thirteen places of 주식회사 한결생활. */
export function seedPlacements(context: PlacementSeed): Promise<void> {
  return seedAll(hangyeol, context);
}

/** The two of 주식회사 두레상사. */
export function seedOtherPlacements(context: PlacementSeed): Promise<void> {
  return seedAll(dure, context);
}

async function seedAll(list: readonly Made[], context: PlacementSeed): Promise<void> {
  for (const made of list) {
    const id = await ingest(context.actor, "placement:create", (tx) => place(tx, made, context));
    if (id !== null) await press(made, id, context);
  }
}

/** Answers null for a code that is there already. */
async function place(tx: Tx, made: Made, { now, actor, channelId, personId }: PlacementSeed): Promise<string | null> {
  if (await tx.placement.findUnique({ where: { code: made.code } })) return null;
  const createdAt = hoursAfter(kstDayStart(addDays(kstDay(now), -made.daysOld)), 10 + (made.name.length % 7));
  const { code, name, medium, location, site = "", pageUrl = null, campaign = "", tags = [], period } = made;
  const on = (days: number) => fromDay(addDays(kstDay(now), days));
  const mode = made.mode ?? "redirect";
  const { id } = await tx.placement.create({
    data: {
      organizationId: actor.organizationId,
      channelId: channelId(made.channel),
      code,
      name,
      medium,
      site,
      location,
      pageUrl,
      campaign,
      tags,
      startsOn: period ? on(-period.began) : null,
      endsOn: period ? on(period.ends) : null,
      mode,
      ownerId: personId(made.owner),
      createdAt,
    },
  });
  const target = { kind: "placement", id };
  await recordPastEvent(tx, actor, createdAt, {
    action: "placement.created",
    target,
    body: { code, channelId: channelId(made.channel), medium, mode },
  });
  if (made.retired) {
    const at = hoursAfter(kstDayStart(addDays(kstDay(now), -made.retired.daysAgo)), 17);
    const { reason } = made.retired;
    await tx.placementRetirement.create({
      data: { placementId: id, organizationId: actor.organizationId, reason, personId: actor.personId, at },
    });
    await recordPastEvent(tx, actor, at, { action: "placement.retired", target, reason, body: { code } });
  }
  return id;
}

/** Presses of the last year, the newest eight weeks with their trend; none before the placement was made, none after it was taken down, none in the future. */
async function press(made: Made, placementId: string, { now, actor }: PlacementSeed): Promise<void> {
  const random = randomOf(made.code);
  const rows: { at: number; kind: "press" | "scan"; visitor: "person" | "preview" | "bot" }[] = [];
  const newest = made.retired?.daysAgo ?? 0;
  // The newest weeks first, so that their numbers do not hang on how far back the rest goes.
  const recent = Math.min(trendDays, made.daysOld);
  const older = Math.min(365, made.daysOld);
  for (const back of [...downTo(recent, newest), ...downTo(older, recent + 1)]) {
    const day = addDays(kstDay(now), -back);
    const start = kstDayStart(day).getTime();
    const weekend = new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0 ? 0.75 : 1.08;
    const grown = 1 + ((made.trend ?? 1) - 1) * (1 - Math.min(back, trendDays) / trendDays);
    for (const kind of ["press", "scan"] as const) {
      const mean = (kind === "press" ? (made.presses ?? 0) : (made.scans ?? 0)) * weekend * grown;
      const count = Math.round(mean * (0.8 + 0.4 * random()));
      for (let n = 0; n < count; n += 1) {
        const at = start + (9 + 13 * random()) * 3_600_000;
        const odd = random();
        if (at < now.getTime()) rows.push({ at: Math.floor(at), kind, visitor: "person" });
        if (odd < 0.06 && at < now.getTime())
          rows.push({ at: Math.floor(at) + 1, kind, visitor: odd < 0.04 ? "preview" : "bot" });
      }
    }
  }
  if (rows.length === 0) return;
  rows.sort((a, b) => a.at - b.at);
  await recordPresses(
    `seed-${made.code}`,
    rows.map((row) => ({ ...row, organizationId: actor.organizationId, placementId })),
  );
}

function downTo(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, from - to + 1) }, (_, at) => from - at);
}

function hoursAfter(at: Date, hours: number): Date {
  return new Date(at.getTime() + hours * 3_600_000);
}

/** The same numbers from 0 to 1 for the same name. */
function randomOf(name: string): () => number {
  let state = createHash("sha256").update(name).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
