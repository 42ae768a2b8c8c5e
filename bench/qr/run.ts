// QR codes and papers of them: ours beside the ways that the libraries offer (performance.md E). Every file is read back.
import { loadavg } from "node:os";
import PDFDocument from "pdfkit";
import { toBuffer } from "qrcode";
import { drawSheet, type SheetCode } from "@/lib/placements/print-sheet";
import { papers } from "@/lib/placements/rules/prints";
import { usualQr } from "@/lib/placements/rules/qr-settings";
import { qrMatrix } from "@/lib/qr";
import { drawPng } from "@/lib/qr-draw";
import { readPdf, readPng } from "@/lib/qr-read";
import type { Figures, Settings } from "../harness";

const px = 512;
const address = (at: number) => `https://damso.hangyeol.example/q/pl_qr_${String(at).padStart(10, "0")}`;

/** Ratios of one run, the order reversed each round. */
export async function benchQr(_adminUrl: string, settings: Settings): Promise<Figures[]> {
  const before = loadavg()[0] ?? 0;
  const faults: string[] = [];
  const [pictures, labels] = settings.quick ? [4, 24] : [120, 480];
  const ways = {
    png: async () => {
      for (let at = 0; at < pictures; at += 1) ours(at);
    },
    plainPng: async () => {
      for (let at = 0; at < pictures; at += 1) await toBuffer(address(at), { errorCorrectionLevel: "Q", width: px });
    },
    pdf: async () => void (await sheet(labels)),
    plainPdf: async () => void (await plainSheet(labels)),
  };
  const laps: Record<keyof typeof ways, number[]> = { png: [], plainPng: [], pdf: [], plainPdf: [] };
  for (let round = 0; round < settings.rounds; round += 1) {
    const names = Object.keys(ways) as (keyof typeof ways)[];
    for (const name of round % 2 === 0 ? names : names.reverse()) laps[name].push(await timed(ways[name]));
    settings.say?.(`${round + 1}/${settings.rounds}`);
  }
  if (readPng(ours(1)) !== address(1)) faults.push("the PNG does not read");
  const [one, other] = [await sheet(labels), await plainSheet(labels)];
  if (readPdf(one).some((text, at) => text !== address(at))) faults.push("a label does not read");
  const ratio = (slow: number[], quick: number[]) => median(slow.map((ms, at) => ms / (quick[at] ?? ms)));
  const kilo = (bytes: number) => `${Math.round(bytes / 1_000)} kB`;
  return [
    {
      ...{ name: "qr", noisy: before > 4, loadAverage: before, faults },
      figures: [
        {
          what: "PNG against qrcode.toBuffer",
          value: ratio(laps.plainPng, laps.png),
          least: 25,
          said: `${pictures} × ${px} px`,
        },
        {
          what: "labels as vectors against a PNG each",
          value: ratio(laps.plainPdf, laps.pdf),
          least: 40,
          said: `${labels} labels`,
        },
        {
          what: "size of a PNG each against vectors",
          value: other.length / one.length,
          least: 15,
          said: `${kilo(other.length)} : ${kilo(one.length)}`,
        },
      ],
    },
  ];
}

const ink = { dark: usualQr.dark, light: usualQr.light, quiet: usualQr.quiet };
const ours = (at: number) => drawPng(qrMatrix(address(at)), ink, px, 40, null);

function sheet(count: number): Promise<Buffer> {
  const codes: SheetCode[] = Array.from({ length: count }, (_, at) => ({
    address: address(at),
    code: `pl_qr_${String(at).padStart(10, "0")}`,
    ...{ name: `강남점 ${at}`, runNumber: 1, settings: usualQr, logo: null },
  }));
  const words = { captionKo: "카카오톡으로 상담하기", captionEn: "Chat with us", run: (n: number) => `${n}쇄` };
  return drawSheet("labels24", codes, words, { title: "bench", author: "bench", at: new Date(0) });
}

/** What one writes who has only the libraries: a PNG of each code, placed with its caption. */
async function plainSheet(count: number): Promise<Buffer> {
  const doc = new PDFDocument({ size: "A4", margin: 0, autoFirstPage: false });
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve) => {
    doc.on("data", (part: Buffer) => parts.push(part));
    doc.on("end", () => resolve(Buffer.concat(parts)));
  });
  const point = 72 / 25.4;
  const { columns, rows } = papers.labels24;
  for (let at = 0; at < count; at += 1) {
    const cell = at % (columns * rows);
    if (cell === 0) doc.addPage();
    const [x, y] = [(cell % columns) * 70 * point, Math.floor(cell / columns) * 37.125 * point];
    const png = await toBuffer(address(at), { errorCorrectionLevel: "Q", width: px });
    doc.image(png, x + 10, y + 10, { width: 30 * point });
    doc.fontSize(8).text(`pl_qr_${at}`, x + 33 * point, y + 40, { lineBreak: false });
  }
  doc.end();
  return whole;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
