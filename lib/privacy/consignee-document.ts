// The published list as a Word document, to paste into a privacy policy that is kept in Word.
import {
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalMergeType,
  WidthType,
} from "docx";
import { type Day, fullDay } from "@/lib/clock";
import { consigneeColumns } from "./rules/consignee-formats";
import type { ConsigneeEntry } from "./rules/consignee-list";

/** Characters that XML 1.0 does not know would make a file that Word refuses. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** @returns the file (application/vnd.openxmlformats-officedocument.wordprocessingml.document) */
export function consigneeDocument(
  entries: readonly ConsigneeEntry[],
  { company, effectiveOn }: { company: string; effectiveOn: Day },
): Promise<Buffer> {
  const table = new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({ tableHeader: true, children: consigneeColumns.map((name) => cell(name, { bold: true })) }),
      ...entries.flatMap(rowsOf),
    ],
  });
  const document = new Document({
    creator: "Damso",
    title: "개인정보 처리업무 위탁 현황",
    styles: { default: { document: { run: { font: "Malgun Gothic", size: 20 } } } },
    sections: [
      {
        children: [
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun("개인정보 처리업무 위탁 현황")] }),
          new Paragraph(plain(`${company} · 시행일 ${fullDay(effectiveOn, "ko")}`)),
          table,
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function rowsOf({ consignee, work, period, subs }: ConsigneeEntry): TableRow[] {
  const lines = subs.length === 0 ? [{ name: "없음", work: "" }] : subs;
  return lines.map((sub, index) => {
    const merge = lines.length === 1 ? undefined : index === 0 ? VerticalMergeType.RESTART : VerticalMergeType.CONTINUE;
    const own = [consignee, work, period].map((text) => cell(index === 0 ? text : "", merge ? { merge } : {}));
    return new TableRow({ cantSplit: true, children: [...own, cell(sub.name), cell(sub.work)] });
  });
}

type Merge = (typeof VerticalMergeType)[keyof typeof VerticalMergeType];

function cell(text: string, { bold = false, merge }: { bold?: boolean; merge?: Merge } = {}): TableCell {
  return new TableCell({
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    ...(merge ? { verticalMerge: merge } : {}),
    children: text.split("\n").map((line) => new Paragraph({ children: [new TextRun({ text: plain(line), bold })] })),
  });
}

function plain(text: string): string {
  return text.replace(unwritable, "\ufffd");
}
