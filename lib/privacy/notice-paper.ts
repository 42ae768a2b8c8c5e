// What a user was told at an instant, as a paper and as data. Never who the user was.
import { fullDay, fullTime } from "@/lib/clock";
import { openPaper, type Style } from "@/lib/pdf/paper";
import { policyCode } from "@/lib/retention/rules/policy-content";
import type { NoticeAt } from "./rules/notice-view";
import { periodText } from "./rules/period-words";

const body: Style = { size: 10, leading: 17 };

/** Korean, as the notice is. The same answer gives the same bytes. @returns the PDF file */
export function drawNoticeAt(company: string, { channel, at, shown, unseen }: NoticeAt): Promise<Buffer> {
  const time = (instant: Date) => fullTime(instant, "ko", true);
  const title = "이용자에게 보인 첫 자동 안내";
  const paper = openPaper({ title, author: company, subject: `@${channel.searchId}`, at });
  paper.paragraph(`${company} · 담소가 기록에서 만든 확인서`, { size: 8.5, leading: 14, ink: "quiet" });
  paper.space(20);
  paper.paragraph(title, { size: 18, weight: "bold", leading: 28, align: "center" });
  paper.space(16);
  const about = [
    ["채널", `${channel.name} (@${channel.searchId})`],
    ["기준 시각", time(at)],
  ] as const;
  if (!shown) {
    paper.rows([...about, ["그때의 안내", "실제 채팅방에서 확인한 판이 없었습니다."]], body);
  } else {
    const { policy, exceptions, contracts } = shown.facts;
    paper.rows(
      [
        ...about,
        ["판", `v${shown.version}`],
        ["문구 SHA-256", shown.sha256],
        ["보인 기간", `${time(shown.from)}부터 ${shown.until ? `${time(shown.until)}까지` : "지금까지"}`],
        ["승인 요청", shown.submittedBy],
        ["승인", `${shown.approvedBy}, ${time(shown.approvedAt)}`],
        ...(shown.requestedAt ? [["적용 요청", `${time(shown.requestedAt)} ${shown.ticket}`.trim()] as const] : []),
        ...(shown.appliedOn ? [["적용", fullDay(shown.appliedOn, "ko")] as const] : []),
        ["실제 확인", `${shown.verifiedBy}, ${time(shown.verifiedAt)}, ${proofOf(shown)}`],
        [
          "보유 정책",
          policy
            ? `${policyCode(policy.number)} v${policy.version}, ${periodText({ count: policy.count, unit: policy.unit as "days" })}`
            : "없음",
        ],
        ...(exceptions.length > 0
          ? [
              [
                "더 오래 보관",
                exceptions
                  .map(
                    ({ number, version, count, unit }) =>
                      `${policyCode(number)} v${version}, ${periodText({ count, unit: unit as "days" })}`,
                  )
                  .join("\n"),
              ] as const,
            ]
          : []),
        [
          "위수탁 계약",
          contracts
            .map(
              ({ number, consignee, subConsignee }) =>
                `${number}: ${consignee}${subConsignee ? `, ${subConsignee}` : ""}`,
            )
            .join("\n") || "없음",
        ],
      ],
      { ...body, size: 9.5, leading: 15 },
    );
    paper.space(16);
    paper.paragraph("문구", { size: 11, weight: "bold", leading: 18 });
    paper.space(4);
    for (const line of shown.text.split("\n")) paper.paragraph(line === "" ? " " : line, body);
  }
  if (unseen) {
    paper.space(14);
    paper.paragraph(
      `v${unseen.version}은 ${time(unseen.since)}에 적용했다고 기록되었으나 기준 시각까지 실제 채팅방에서 확인한 사람이 없습니다.`,
      { size: 9, leading: 15, ink: "quiet" },
    );
  }
  return paper.end((page, of) => ({ left: `@${channel.searchId} · ${time(at)}`, right: `${page} / ${of}` }));
}

function proofOf({ evidence, file }: NonNullable<NoticeAt["shown"]>): string {
  const how = evidence === "screenshot" ? "화면 사진" : "채팅방 문구를 글자마다 견줌";
  return file ? `${how} (사진 SHA-256 ${file.sha256})` : how;
}

/** The same as data: what a machine or a lawyer files. */
export function noticeAtJson({ channel, at, shown, unseen }: NoticeAt): object {
  return { channel: { searchId: channel.searchId, name: channel.name }, at, shown, unseen };
}
