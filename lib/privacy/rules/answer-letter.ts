// Letters to a data subject: what the decree asks each of them to say, in our words, marked as the company's own form.
import { createHash } from "node:crypto";
import type { Day } from "@/lib/clock";
import type { Letter } from "@/lib/pdf/letter";
import type { Answer, RequestKind } from "../schema/request";
import { clocks, reasonByKey } from "./reasons";
import { requestNumber } from "./request";

export type LetterKind = Answer | "postponed";

/** Everything that a letter says; kept sealed with its step, so that the same letter can be drawn again. Never what was said in a consultation. */
export type LetterContent = {
  company: string;
  number: number;
  requestKind: RequestKind;
  receivedOn: Day;
  letter: LetterKind;
  /** Key of the reason table, empty without one. */
  reason: string;
  note: string;
  viewing: string;
  objection: string;
  untilOn: Day | null;
  addressee: string;
  signer: string;
  signerTitle: string;
  day: Day;
};

/** SHA-256 (hex) of the content as JSON in a fixed order: printed in the letter and kept with the step. */
export function letterHash(content: LetterContent): string {
  const { company, number, requestKind, receivedOn, letter, reason, note, viewing } = content;
  const { objection, untilOn, addressee, signer, signerTitle, day } = content;
  const inOrder = [
    ...[company, number, requestKind, receivedOn, letter, reason, note, viewing],
    ...[objection, untilOn, addressee, signer, signerTitle, day],
  ];
  return createHash("sha256").update(JSON.stringify(inOrder)).digest("hex");
}

const kinds = {
  access: "열람",
  correction: "정정",
  deletion: "삭제",
  suspension: "처리정지",
} as const satisfies Record<RequestKind, string>;

/** After the notices that the decree names (시행령 제41조 제5항, 제42조 제2항, 제43조 제3항, 제44조 제2항). */
export function letterTitle({ requestKind, letter }: Pick<LetterContent, "requestKind" | "letter">): string {
  if (requestKind === "suspension") return "개인정보 처리정지 요구에 대한 결과 통지서";
  if (requestKind !== "access") return "개인정보 정정·삭제 결과 통지서";
  if (letter === "postponed") return "개인정보 열람 연기 통지서";
  return letter === "refused" ? "개인정보 열람 거절 통지서" : "개인정보 열람통지서";
}

/** Name of the file: without the person's name. */
export function letterName(content: Pick<LetterContent, "requestKind" | "letter" | "number">): string {
  return `${letterTitle(content)}_${requestNumber(content.number)}.pdf`;
}

const results: Record<LetterKind, string> = {
  granted: "요구에 따라 조치하였습니다.",
  partly: "요구의 일부에 따라 조치하였습니다.",
  refused: "아래 사유로 요구에 따르지 못합니다.",
  postponed: "아래 사유로 열람을 연기합니다.",
};

/** The letter as it is set. @param at when its step was taken */
export function answerLetter(content: LetterContent, at: Date): Letter {
  const { company, number, requestKind, letter, reason, note, viewing, objection, untilOn } = content;
  const word = kinds[requestKind];
  const why = reasonByKey(reason);
  const granted = letter === "granted" && requestKind === "access" ? "요구하신 개인정보를 열람하실 수 있습니다." : null;
  return {
    author: company,
    at,
    form: `회사 서식 · ${requestNumber(number)}`,
    title: letterTitle(content),
    opening: `${longDate(content.receivedOn)}에 접수한 개인정보 ${word} 요구의 처리 결과를 알려 드립니다. ${granted ?? results[letter]}`,
    rows: [
      ["접수 번호", requestNumber(number)],
      ["요구", `개인정보 ${word}`],
      ["받은 날", longDate(content.receivedOn)],
      ...(why ? [["사유", `${why.text} (${why.law} ${why.article})`] as const] : []),
      ...(untilOn
        ? [["연기한 날", `${longDate(untilOn)}까지. 사유가 없어지면 그 전이라도 바로 알려 드립니다.`] as const]
        : []),
      [letter === "granted" || letter === "partly" ? "조치 내용" : "자세한 내용", note],
      ...(viewing ? [["열람 일시·장소", viewing] as const] : []),
      ["근거", `개인정보 보호법 ${clocks[requestKind].article}`],
      ...(objection ? [["이의제기 방법", objection] as const] : []),
    ],
    terms: objection
      ? ["이 조치에 불복하시는 경우 위 방법으로 이의를 제기하실 수 있습니다. (개인정보 보호법 제38조 제5항)"]
      : [],
    day: longDate(content.day),
    signature: {
      role: "개인정보처리자",
      party: company,
      lines: [...(content.signerTitle ? [["직위", content.signerTitle] as const] : []), ["성명", content.signer]],
      seal: "(인)",
    },
    to: `${content.addressee} 귀하`,
    foot: `${requestNumber(number)}\n통지 내용 SHA-256 ${letterHash(content)}`,
    replaced: (count) => `글꼴에 없는 문자 ${count}자를 □로 적었습니다. 보내기 전에 손으로 고쳐 적어 주십시오.`,
  };
}

/** `2026년 1월 20일` */
function longDate(day: Day): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return `${year}년 ${month}월 ${date}일`;
}
