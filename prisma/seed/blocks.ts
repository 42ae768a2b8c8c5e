// The demonstration's block lists: forty-one people of each of two channels, some of whom came back. Invented names; the same each time.
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { labelHandle, sealBlock } from "@/lib/channels/commands/seal-block";
import type { BlockMarkKind } from "@/lib/channels/schema/blocks";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { userHandle } from "@/lib/keyring";
import { seededId } from "./channels";
import { keyOf } from "./consults";
import { recordPastEvent } from "./past-event";
import { randomOf } from "./random";

export type BlockSeed = {
  now: Date;
  /** Saves the lists and blocks; may edit them. */
  officer: PersonActor;
  /** Id of a channel by its search id without "@". */
  channelId: (searchId: string) => string;
};

const people = 41;
const firsts = [
  "봄날의",
  "새벽",
  "조용한",
  "파란",
  "느린",
  "익명",
  "둥근",
  "겨울",
  "초록",
  "작은",
  "바쁜",
  "노란",
  "먼",
];
const lasts = ["곰", "고래", "우체통", "모과", "연필", "지붕", "버스", "구름", "나무", "자전거", "사과", "등대"];
const reasons = [
  "욕설과 비하",
  "같은 문의를 하루에 수십 번 되풀이함",
  "상담원 개인 연락처를 계속 요구함",
  "광고 문구를 반복해서 보냄",
  "성희롱",
  "",
];

/** 한결생활: two came back and wait, three are blocked again. 한결생활 B2B: saved before it goes live. After `seedConsults`. */
export async function seedBlocks(context: BlockSeed): Promise<void> {
  await seedList(context, { searchId: "한결생활", daysAgo: 228, users: 190 });
  await seedList(context, { searchId: "한결비투비", daysAgo: 3, users: 0 });
}

type List = { searchId: string; daysAgo: number; users: number };

async function seedList(context: BlockSeed, list: List): Promise<void> {
  const { now, officer } = context;
  const { organizationId, personId } = officer;
  const channelId = context.channelId(list.searchId);
  const savedAt = new Date(kstDayStart(addDays(kstDay(now), -list.daysAgo)).getTime() + 10 * 3_600_000 + 41 * 60_000);
  await ingest(officer, "block:edit", async (tx) => {
    if ((await tx.blockedUser.count({ where: { channelId } })) > 0) return;
    const random = randomOf(`blocks of ${list.searchId}`);
    const names = namesOf(random);
    await tx.blockedUser.createMany({
      data: names.map((label, place) => ({
        ...{ id: seededId(channelId, "block", String(place)), organizationId, channelId, personId },
        ...{ labelSealed: sealBlock("label", label), labelHandle: labelHandle(organizationId, channelId, label) },
        reason: reasons[Math.floor(random() * reasons.length)] ?? "",
        blockedOn: new Date(`${addDays(kstDay(savedAt), -Math.floor(5 + random() * 600))}T00:00:00Z`),
        createdAt: new Date(savedAt.getTime() - place),
      })),
    });
    await recordPastEvent(tx, officer, savedAt, {
      action: "block.imported",
      target: { kind: "channel", id: channelId },
      body: { import: seededId(channelId, "blocks"), saved: people, there: 0 },
    });
    await seedReturns(tx, context, channelId, list);
  });
}

function namesOf(random: () => number): string[] {
  const names = new Set<string>();
  while (names.size < people) {
    const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? "";
    const number = random() < 0.3 ? String(Math.floor(10 + random() * 90)) : "";
    names.add(`${pick(firsts)}${pick(lasts)}${number}`);
  }
  return [...names];
}

/** Three who consulted some weeks ago and were blocked then, and the two newest, whom nobody has blocked yet. */
async function seedReturns(tx: Tx, context: BlockSeed, channelId: string, list: List): Promise<void> {
  const { officer, now } = context;
  const { organizationId } = officer;
  const keys = new Map(
    Array.from({ length: list.users }, (_, user) => keyOf(list.searchId, user)).map((key) => [
      userHandle(organizationId, channelId, key).toString("hex"),
      key,
    ]),
  );
  const newest = await tx.consultSession.groupBy({
    by: ["userHandle"],
    where: { channelId },
    _max: { openedAt: true },
    orderBy: { _max: { openedAt: "desc" } },
  });
  const known = newest.flatMap(({ userHandle: handle, _max }) => {
    const userKey = keys.get(Buffer.from(handle).toString("hex"));
    return userKey && _max.openedAt ? [{ userKey, openedAt: _max.openedAt }] : [];
  });
  const early = known.filter(({ openedAt }) => now.getTime() - openedAt.getTime() > 9 * 86_400_000);
  const returns = [...known.slice(1, 3), ...early.slice(0, 3)];
  for (const [index, { userKey, openedAt }] of returns.entries()) {
    const place = 4 + index * 7;
    const entry = { id: seededId(channelId, "block", String(place)), userKey };
    const minutes = (count: number) => new Date(Math.min(openedAt.getTime() + count * 60_000, now.getTime() - 1_000));
    await mark(tx, context, channelId, { ...entry, kind: "identified", at: minutes(6), note: "" });
    if (index >= 2) {
      const note = "인포뱅크 상담 화면에서 차단했습니다.";
      await mark(tx, context, channelId, { ...entry, kind: "blocked", at: minutes(8), note });
    }
  }
}

type Mark = { id: string; userKey: string; kind: BlockMarkKind; at: Date; note: string };

async function mark(tx: Tx, { officer }: BlockSeed, channelId: string, one: Mark): Promise<void> {
  const { organizationId, personId } = officer;
  const { id, kind, at, note } = one;
  const handle = Uint8Array.from(userHandle(organizationId, channelId, one.userKey));
  await tx.blockedUser.update({
    where: { id },
    data: { userHandle: handle, userSealed: sealBlock("user", one.userKey), version: { increment: 1 } },
  });
  await tx.blockMark.create({
    data: { id: seededId(id, kind), organizationId, blockedUserId: id, kind, note, personId, at },
  });
  const action = kind === "blocked" ? "block.marked" : "block.identified";
  await recordPastEvent(tx, officer, at, {
    action,
    target: { kind: "channel", id: channelId },
    subject: Buffer.from(handle).toString("hex"),
    body: { block: id },
  });
}
