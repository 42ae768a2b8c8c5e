// The certificate of destruction (파기 확인서) as a paper.
import { openPaper } from "@/lib/pdf/paper";
import { type CertificateFacts, certificateParts } from "./rules/certificate";

/** Sets a certificate on A4 pages; long lists flow over as many as they need. The same facts give the same bytes. @returns the PDF file */
export function certificatePdf(facts: CertificateFacts): Promise<Buffer> {
  const { company, number, digest } = facts;
  const at = facts.steps.at(-1)?.at ?? facts.preparedAt;
  const paper = openPaper({ title: `개인정보 파기 확인서 ${number}`, author: company, at });
  paper.paragraph(`회사 서식 · ${number}`, { size: 8.5, leading: 14, ink: "quiet" });
  paper.space(14);
  paper.paragraph("개인정보 파기 확인서", { size: 19, weight: "bold", leading: 30, align: "center" });
  paper.space(12);
  paper.paragraph("아래와 같이 상담 기록을 파기하였음을 확인합니다. (개인정보 보호법 제21조, 같은 법 시행령 제16조)", {
    ...{ size: 10, leading: 18 },
  });
  for (const { title, rows } of certificateParts(facts)) {
    paper.space(14);
    paper.keep(70);
    paper.paragraph(title, { size: 11, weight: "bold", leading: 20 });
    paper.rows(rows, { size: 9, leading: 14.5 });
  }
  if (paper.replaced() > 0) {
    paper.space(14);
    paper.paragraph(`글꼴에 없는 문자 ${paper.replaced()}자를 □로 적었습니다.`, {
      ...{ size: 8.5, leading: 14, ink: "quiet" },
    });
  }
  return paper.end((page, of) => ({
    left: `개인정보 파기 확인서 ${number}\n파기한 번호 SHA-256 ${digest}`,
    right: `${page} / ${of}`,
  }));
}
