// What a certificate of destruction (파기 확인서) says: numbers, people and instants of a run that is over. Nobody's data. Pure.
import { type Day, fullTime, kstDay } from "@/lib/clock";
import { sentence } from "@/lib/messages";
import { backupGoneOn } from "./backup";
import { driftKinds } from "./destruction";
import { stepNote } from "./destruction-note";
import type { RunStep } from "./destruction-view";

/** What a run destroyed of a channel's category. Files count those of sessions and those that went alone. */
export type CertificateSum = {
  channel: string;
  searchId: string;
  category: string;
  sessions: number;
  files: number;
  messages: number;
  madeFrom: Day;
  madeTo: Day;
};
/** A ring on which keys hung. `goneAt`: when its file was destroyed, null while it is there; `left`: keys that still hang on it. */
export type CertificateRing = { name: string; items: number; goneAt: Date | null; fingerprint: string; left: number };
export type CertificateFacts = {
  company: string;
  number: string;
  kind: "routine" | "request" | "early";
  dueThrough: Day;
  preparedByName: string | null;
  preparedAt: Date;
  previewDigest: string;
  steps: readonly RunStep[];
  policies: readonly { name: string; number: number; hash: string }[];
  sums: readonly CertificateSum[];
  held: number;
  pending: number;
  rings: readonly CertificateRing[];
  /** Hex SHA-256 over the sorted ids of what was destroyed. */
  digest: string;
  /** Null: nothing was destroyed, so nothing was entered. */
  ledger: { number: string; count: number; digest: string; backupNote: string } | null;
  backupDays: number | null;
};

export type CertificatePart = { title: string; rows: (readonly [name: string, value: string])[] };

const kinds = { routine: "보유기간 경과", request: "정보주체의 삭제 요구", early: "처리 목적 달성 (기간 전 파기)" };
const count = (value: number) => value.toLocaleString("en-US");
const time = (at: Date) => fullTime(at, "ko", true);

export type CertificateTotal = { sessions: number; files: number; messages: number };

/** What a run destroyed in all. */
export function certificateTotal(sums: readonly CertificateSum[]): CertificateTotal {
  const add = (part: keyof CertificateTotal) => sums.reduce((total, one) => total + one[part], 0);
  return { sessions: add("sessions"), files: add("files"), messages: add("messages") };
}

/** Whether the ledger's line says what the items say; a run that destroyed nothing has no line. */
export function agreesWithLedger({ sums, digest, ledger }: Pick<CertificateFacts, "sums" | "digest" | "ledger">) {
  const { sessions, files } = certificateTotal(sums);
  return ledger ? ledger.digest === digest && ledger.count === (sessions || files) : sums.length === 0;
}

/** The certificate's parts, in the order in which they are set. */
export function certificateParts(facts: CertificateFacts): CertificatePart[] {
  return [
    { title: "1. 파기", rows: runRows(facts) },
    { title: "2. 사람과 시각", rows: peopleRows(facts) },
    { title: "3. 채널과 분류별 건수", rows: facts.sums.map(sumRow) },
    { title: "4. 적용한 보유 정책", rows: policyRows(facts) },
    { title: "5. 파기 방법과 열쇠", rows: keyRows(facts) },
    { title: "6. 백업에 남은 사본", rows: backupRows(facts) },
    { title: "7. 딜러의 사본", rows: dealerRows(facts) },
    { title: "8. 대조", rows: proofRows(facts) },
  ].filter(({ rows }) => rows.length > 0);
}

const stepOf = ({ steps }: CertificateFacts, kind: string) => steps.findLast((step) => step.kind === kind);
const endOf = (facts: CertificateFacts) => stepOf(facts, "finished") ?? stepOf(facts, "stopped");

function runRows(facts: CertificateFacts): CertificatePart["rows"] {
  const total = certificateTotal(facts.sums);
  const end = endOf(facts);
  const drift = end?.kind === "stopped" && driftKinds.find((kind) => kind === end.note);
  const why = drift ? ` ${sentence(`retention.destructions.drift.${drift}`, "ko")}` : "";
  return [
    ["개인정보처리자", facts.company],
    ["파기 번호", facts.number],
    ["종류", kinds[facts.kind]],
    ["대상", `${targetOf(facts)} 미리보기로 고정한 것`],
    ["파기한 건수", totalText(total)],
    ["생성일의 범위", rangeOf(facts.sums)],
    ["빠진 건수", `보존 조치 ${count(facts.held)}건, 남은 기록 ${count(facts.pending)}건`],
    ["결과", end?.kind === "finished" ? "끝까지 마쳤습니다." : `도중에 멈췄습니다.${why}`],
  ];
}

/** A request's and an early run take what is not over yet. */
const targetOf = ({ kind, dueThrough }: CertificateFacts) =>
  kind === "routine" ? `${dueThrough}까지 보유기간이 끝난 기록 가운데` : "보유기간에 매이지 않고 고른 기록 가운데";

const totalText = ({ sessions, messages, files }: CertificateTotal) =>
  `상담 기록 ${count(sessions)}건, 메시지 ${count(messages)}개, 첨부 ${count(files)}개`;

function rangeOf(sums: readonly CertificateSum[]): string {
  const from = sums.map(({ madeFrom }) => madeFrom).sort()[0];
  const to = sums
    .map(({ madeTo }) => madeTo)
    .sort()
    .at(-1);
  return from && to ? `${from} – ${to}` : "파기한 것이 없습니다.";
}

function peopleRows(facts: CertificateFacts): CertificatePart["rows"] {
  const asked = stepOf(facts, "requested");
  const approved = stepOf(facts, "approved");
  const started = stepOf(facts, "started");
  const end = endOf(facts);
  const row = (name: string, step: RunStep | undefined, more = "") =>
    step ? [[name, `${step.name ?? "자동 작업"}${more}, ${time(step.at)}`] as const] : [];
  return [
    ["미리보기", `${facts.preparedByName ?? "자동 작업"}, ${time(facts.preparedAt)}`],
    ...row("승인 요청", asked),
    ...row("승인", approved, approved && stepNote(approved).standing ? " (상시 승인)" : ""),
    ...row("실행", started),
    ...(end ? [[end.kind === "finished" ? "마침" : "멈춤", time(end.at)] as const] : []),
  ];
}

function sumRow(sum: CertificateSum): readonly [string, string] {
  const category = sentence(`retention.categories.${sum.category}`, "ko");
  return [`${sum.channel}\n@${sum.searchId}`, `${category}: ${totalText(sum)}\n생성일 ${sum.madeFrom} – ${sum.madeTo}`];
}

function policyRows({ policies }: CertificateFacts): CertificatePart["rows"] {
  return policies.map(({ name, number, hash }) => [name, `제${number}판\nSHA-256 ${hash}`]);
}

function keyRows({ sums, rings }: CertificateFacts): CertificatePart["rows"] {
  if (sums.length === 0) return [];
  return [
    ["방법", "상담과 첨부마다 따로 있는 암호 키(AES-256-GCM)를 파기하고 행과 파일을 지웠습니다. 되살릴 수 없습니다."],
    ...rings.map((ring) => [`고리 열쇠\n${ring.name}`, ringText(ring)] as const),
  ];
}

function ringText({ items, goneAt, fingerprint, left }: CertificateRing): string {
  const hung = `이 파기에서 ${count(items)}건이 걸려 있었습니다.`;
  if (goneAt) return `${hung} ${time(goneAt)} 파기\n열쇠의 SHA-256 ${fingerprint}`;
  return left > 0
    ? `${hung} 다른 기록의 열쇠 ${count(left)}개가 걸려 있어 아직 있습니다.`
    : `${hung} 걸린 열쇠가 없으며, 고리의 날이 지나면 파기합니다.`;
}

function backupRows(facts: CertificateFacts): CertificatePart["rows"] {
  const end = endOf(facts);
  if (!end || facts.sums.length === 0) return [];
  const gone = backupGoneOn(kstDay(end.at), facts.backupDays);
  const standing = facts.rings.some(({ goneAt }) => goneAt === null);
  return [
    [
      "바로 읽을 수 없는 것",
      "운영 데이터베이스와 첨부 저장소의 내용. 파기한 고리 열쇠에 걸린 기록은 옛 백업과 WAL에 있어도 읽을 수 없습니다.",
    ],
    [
      "나중에 사라지는 것",
      `${standing ? "아직 있는 고리 열쇠에 걸렸던 기록은, 옛 백업의 암호문과 고리 열쇠를 함께 가진 사람이라면 고리 열쇠가 파기되거나 마지막 백업이 사라질 때까지 열 수 있습니다. " : ""}상담에 딸린 첨부의 고리는 따로 적지 않으므로 같은 날까지로 봅니다.`,
    ],
    ["마지막 백업 사본", gone ? `${gone}에 사라집니다.` : "백업의 보관 기간이 정해지지 않았습니다."],
    ...(facts.ledger?.backupNote ? [["백업 설명", facts.ledger.backupNote] as const] : []),
  ];
}

function dealerRows(facts: CertificateFacts): CertificatePart["rows"] {
  const said = (kind: string) => {
    const step = stepOf(facts, kind);
    return step ? `${stepNote(step).on ?? kstDay(step.at)} (${step.name ?? "자동 작업"} 적음)` : "적지 않았습니다.";
  };
  return [
    ["파기 요청", said("dealer-asked")],
    ["파기 회신", said("dealer-confirmed")],
  ];
}

function proofRows(facts: CertificateFacts): CertificatePart["rows"] {
  const { ledger, digest, previewDigest } = facts;
  return [
    ["미리보기", `SHA-256 ${previewDigest}`],
    ["파기한 번호", `SHA-256 ${digest}\n번호를 차례로 줄마다 하나씩 적은 글의 값`],
    ["파기 관리대장", ledger ? `${ledger.number}, ${count(ledger.count)}건` : "파기한 것이 없어 적지 않았습니다."],
    ["대장과 대조", agreesWithLedger(facts) ? "건수와 값이 같습니다." : "건수나 값이 다릅니다. 확인이 필요합니다."],
  ];
}
