import { NotFound } from "@/lib/errors";
import { getRehearsal } from "@/lib/rehearsal/queries/get-rehearsal";
import { rehearsalReport } from "@/lib/rehearsal/report-pdf";
import { paperAnswer } from "../../../../paper-answer";

type Context = { params: Promise<{ id: string }> };

/** The report as a paper. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return paperAnswer(async (actor) => {
    const view = await getRehearsal(actor, id, new Date());
    if (!view) throw new NotFound();
    return { name: `리허설 보고서 ${view.channelName}.pdf`, file: await rehearsalReport(view) };
  });
}
