// The certificate of a take-down campaign (버튼 내림 확인서) as a paper.
import { openPaper } from "@/lib/pdf/paper";
import {
  certificateParts,
  closingsDigest,
  type TakeDownCertificate,
  takeDownNumber,
} from "./rules/take-down-certificate";

/** Sets a certificate on A4 pages. The same facts give the same bytes. @returns the PDF file */
export function takeDownPdf(facts: TakeDownCertificate): Promise<Buffer> {
  const number = takeDownNumber(facts.id);
  const paper = openPaper({ title: `버튼 내림 확인서 ${number}`, author: facts.company, at: facts.completedAt });
  paper.paragraph(`회사 서식 · ${number}`, { size: 8.5, leading: 14, ink: "quiet" });
  paper.space(14);
  paper.paragraph("버튼 내림 확인서", { size: 19, weight: "bold", leading: 30, align: "center" });
  paper.space(12);
  paper.paragraph(
    "상담톡 사용이 끝난 상담 버튼과 QR을 아래와 같이 내렸음을 확인합니다. (카카오 상담톡 가이드 3-4) 사람이 판단한 곳은 그렇게 적었습니다.",
    { size: 10, leading: 18 },
  );
  for (const { title, rows } of certificateParts(facts)) {
    paper.space(14);
    paper.keep(70);
    paper.paragraph(title, { size: 11, weight: "bold", leading: 20 });
    paper.rows(rows, { size: 9, leading: 14.5 });
  }
  if (paper.replaced() > 0) {
    paper.space(14);
    paper.paragraph(`글꼴에 없는 문자 ${paper.replaced()}자를 □로 적었습니다.`, {
      size: 8.5,
      leading: 14,
      ink: "quiet",
    });
  }
  const digest = closingsDigest(facts.tasks);
  return paper.end((page, of) => ({
    left: `버튼 내림 확인서 ${number}\n내린 기록 SHA-256 ${digest}`,
    right: `${page} / ${of}`,
  }));
}
