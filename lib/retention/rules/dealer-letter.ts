// The letter that asks a dealer to delete its own copies (삭제 요청서) of what a run destroyed. Pure.
import { type Day, kstDay } from "@/lib/clock";
import type { Letter } from "@/lib/pdf/letter";
import { type CertificateFacts, certificateTotal } from "./certificate";
import { stepNote } from "./destruction-note";

/** @param today KST; the letter's day, unless the day on which the dealer was asked stands already */
export function dealerLetter(facts: CertificateFacts, today: Day): Letter {
  const { company, number, sums, held, digest, steps } = facts;
  const asked = steps.findLast(({ kind }) => kind === "dealer-asked");
  const day = (asked && (stepNote(asked).on ?? kstDay(asked.at))) || today;
  const channels = [...new Set(sums.map(({ searchId }) => searchId))].map((searchId) => {
    const own = sums.filter((sum) => sum.searchId === searchId);
    const total = certificateTotal(own);
    const from = own.map(({ madeFrom }) => madeFrom).sort()[0];
    const to = own
      .map(({ madeTo }) => madeTo)
      .sort()
      .at(-1);
    return [
      `${own[0]?.channel ?? ""}\n@${searchId}`,
      `${from} – ${to}에 시작된 상담\n상담 ${n(total.sessions)}건, 메시지 ${n(total.messages)}개, 첨부 ${n(total.files)}개`,
    ] as const;
  });
  return {
    author: company,
    at: new Date(`${day}T00:00:00+09:00`),
    form: `회사 서식 · ${number}`,
    title: "개인정보 삭제 요청서",
    opening:
      "당사는 보유기간이 끝났거나, 처리 목적을 다하였거나, 정보주체가 삭제를 요구한 상담 기록을 파기하였습니다. 같은 상담에 관하여 귀사가 가진 사본(상담 내용, 첨부 파일, 이용자 식별값)도 지체 없이 파기하고 결과를 회신하여 주시기 바랍니다.",
    rows: [
      ["당사 파기 번호", number],
      ...channels,
      ["파기한 번호의 값", `SHA-256 ${digest}`],
      ["근거", "개인정보 보호법 제21조 및 제26조"],
    ],
    terms: [
      "데이터베이스, 첨부 저장소, 로그와 백업에 있는 사본을 모두 포함합니다.",
      ...(held > 0
        ? [
            `보존 조치로 남긴 상담 ${n(held)}건은 대상이 아닙니다. 대상인지 분명하지 않으면 파기하기 전에 알려 주십시오.`,
          ]
        : ["대상인지 분명하지 않은 상담은 파기하기 전에 알려 주십시오."]),
      "법령에 따라 귀사가 따로 보존하여야 하는 것이 있으면 그 근거와 기간을 적어 회신하여 주십시오.",
      "회신에는 파기한 날, 건수, 방법과 백업에서 사라지는 날을 적어 주십시오.",
    ],
    day: longDate(day),
    signature: { role: "개인정보처리자", party: company, lines: [["성명", ""]], seal: "(인)" },
    to: "상담톡 딜러 귀중",
    foot: `${number}\n파기한 번호 SHA-256 ${digest}`,
    replaced: (count) => `글꼴에 없는 문자 ${count}자를 □로 적었습니다. 보내기 전에 손으로 고쳐 적어 주십시오.`,
  };
}

const n = (value: number) => value.toLocaleString("en-US");

/** `2026년 1월 20일` */
function longDate(day: Day): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return `${year}년 ${month}월 ${date}일`;
}
