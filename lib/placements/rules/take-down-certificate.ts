// What a certificate of a take-down (버튼 내림 확인서) says: every place, how and when it was closed, by whom, and the hash of each proof. Pure.
import { createHash } from "node:crypto";
import { type Day, fullDay, fullTime } from "@/lib/clock";
import { sentence } from "@/lib/messages";
import type { TakeDownCause, TakeDownStep, TaskRow } from "../schema/take-down";

export type TakeDownCertificate = {
  company: string;
  id: string;
  cause: TakeDownCause;
  channelName: string | null;
  note: string;
  effectiveOn: Day;
  openedAt: Date;
  openedBy: string | null;
  completedAt: Date;
  completedBy: string;
  tasks: readonly TaskRow[];
  steps: readonly TakeDownStep[];
};

export type CertificatePart = { title: string; rows: (readonly [name: string, value: string])[] };

const say = (key: string, values: Record<string, string | number> = {}) =>
  sentence(`placements.takeDown.${key}`, "ko", values);
const time = (at: Date) => fullTime(at, "ko", true);

/** Short name of a campaign on paper. */
export function takeDownNumber(id: string): string {
  return `TD-${id.slice(0, 8).toUpperCase()}`;
}

/** Hex SHA-256 over one line for each place: its code, how it was closed, when, and the hash of its proof. The order is that of the codes. */
export function closingsDigest(tasks: readonly TaskRow[]): string {
  const lines = tasks.map(({ code, how, closedAt, sha256, reinstatedAt, runs }) =>
    [
      code,
      reinstatedAt ? "reinstated" : (how ?? ""),
      (reinstatedAt ?? closedAt)?.toISOString() ?? "",
      sha256 ?? "",
      ...runs.map((run) => run.sha256 ?? ""),
    ].join("\t"),
  );
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}

/** The certificate's parts, in the order in which they are set. */
export function certificateParts(facts: TakeDownCertificate): CertificatePart[] {
  const { cause, channelName, note, tasks, steps } = facts;
  const kinds = [...new Set(tasks.map(({ kind }) => kind))];
  const count = (how: string) => tasks.filter((task) => task.how === how && task.reinstatedAt === null).length;
  const rows: CertificatePart["rows"] = [
    ["회사", facts.company],
    ["까닭", cause === "hand" ? `${say(`cause.${cause}`)}: ${note}` : say(`cause.${cause}`)],
    ...(channelName ? [["채널", channelName] as const] : []),
    ["마지막 날", `${fullDay(facts.effectiveOn, "ko")} 24시(KST)까지 작동`],
    ["연 때", `${time(facts.openedAt)} · ${facts.openedBy ?? "시스템"}`],
    ["마친 때", `${time(facts.completedAt)} · ${facts.completedBy}`],
  ];
  const sums: CertificatePart["rows"] = [
    ["위치", `${tasks.length}곳`],
    ["다시 가져와 확인", `${count("check")}곳`],
    ["사진", `${count("photo")}곳`],
    ["증빙 파일", `${count("proof")}곳`],
    ["사람이 판단", `${count("hand")}곳`],
    ["되살림", `${tasks.filter((task) => task.reinstatedAt !== null).length}곳`],
  ];
  const happened = steps.filter(({ kind }) => kind === "moved" || kind === "reinstated" || kind === "handed");
  return [
    { title: "1. 캠페인", rows },
    { title: "2. 내린 방법별 수", rows: sums },
    ...kinds.map((kind, at) => ({
      title: `${at + 3}. ${say(`kind.${kind}`)}`,
      rows: tasks.filter((task) => task.kind === kind).map((task) => [task.code, placeText(task)] as const),
    })),
    ...(happened.length > 0
      ? [
          {
            title: `${kinds.length + 3}. 그 밖의 기록`,
            rows: happened.map((step) => [time(step.at), stepText(step)] as const),
          },
        ]
      : []),
  ];
}

function placeText(task: TaskRow): string {
  const where = [task.name, task.site, task.location, task.pageUrl ?? ""].filter((part) => part !== "").join(" · ");
  if (task.reinstatedAt !== null) return `${where}\n되살림 ${time(task.reinstatedAt)}`;
  const how = task.how === null ? "" : say(`how.${task.how}`);
  const closed = `${how} · ${task.closedAt ? time(task.closedAt) : ""} · ${task.closedBy ?? "시스템"}`;
  const runs = task.runs.map(({ number, copies, sha256 }) =>
    sha256 ? `\n인쇄 ${number}차 (${copies}장) SHA-256 ${sha256}` : `\n인쇄 ${number}차 (${copies}장) 사진 없음`,
  );
  const unseen = task.how === "hand" && task.verdict === "unknown" ? "\n자동 점검은 판단하지 못했습니다." : "";
  const reason = task.reason ? `\n${task.reason}` : "";
  return `${where}\n${closed}${reason}${unseen}${runs.join("")}${task.sha256 && runs.length === 0 ? `\nSHA-256 ${task.sha256}` : ""}`;
}

function stepText({ kind, note, effectiveOn, placeName, byName }: TakeDownStep): string {
  const parts = [say(`step.${kind}`), placeName ?? "", effectiveOn ?? "", note, byName ?? "시스템"];
  return parts.filter((part) => part !== "").join(" · ");
}
