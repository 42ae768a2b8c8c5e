// The report as a paper: what was walked, what it was walked with, and the phone at each step.
import { fullTime } from "@/lib/clock";
import { sentence } from "@/lib/messages";
import { openPaper } from "@/lib/pdf/paper";
import type { Bubble } from "./rules/phone";
import { bubbleText, reportRows, reportSteps } from "./rules/report";
import type { RehearsalEvent, RehearsalView } from "./schema/rehearsal";

const say = (key: string, values?: Record<string, string | number>) => sentence(`rehearsal.run.${key}`, "ko", values);

/** Draws it; the same rehearsal is the same bytes. */
export async function rehearsalReport(view: RehearsalView): Promise<Buffer> {
  const title = say("titleOf", { channel: view.channelName });
  const at = view.endedAt ?? view.events.at(-1)?.notedAt ?? view.at;
  const paper = openPaper({ title: say("reportTitle"), author: view.company, subject: title, at });
  paper.paragraph(say("reportTitle"), { size: 20, weight: "bold" });
  paper.paragraph(title, { size: 11, ink: "quiet" });
  paper.space(8);
  paper.rows(reportRows(view), { size: 9.5 });
  const events = new Map(view.events.map((event) => [event.number, event]));
  for (const step of reportSteps(view)) {
    paper.space(14);
    paper.keep(80);
    const when = step.at ? fullTime(step.at, "ko", true) : say("notWalked");
    paper.paragraph(`${step.section}  ${say(`step.${step.key}`)}`, { size: 12, weight: "bold" });
    paper.paragraph(`“${step.quote}”`, { size: 9, ink: "quiet" });
    paper.paragraph(`${when}${step.needed ? "" : ` · ${say("optional")}`}`, { size: 9.5 });
    if (step.sameAs) paper.paragraph(say("sameAs", { step: say(`step.${step.sameAs}`) }), { size: 9, ink: "quiet" });
    if (step.picture) drawPhone(paper, step.picture, events);
  }
  const number = view.id.slice(0, 8);
  return paper.end((page, of) => ({ left: `${say("reportTitle")} ${number}`, right: `${page} / ${of}` }));
}

/** A phone of our own drawing, light as phones are: bubbles to both sides, remarks in the middle. */
function drawPhone(
  paper: ReturnType<typeof openPaper>,
  bubbles: readonly Bubble[],
  events: ReadonlyMap<number, RehearsalEvent>,
): void {
  const boxes = bubbles.flatMap((bubble) => {
    const text = bubbleText(bubble, events.get(bubble.event));
    if (text === "") return [];
    return [{ text: [text, ...bubble.buttons.map((name) => `[${name}]`)].join("\n"), side: bubble.side }];
  });
  if (boxes.length > 0) paper.room(boxes);
}
