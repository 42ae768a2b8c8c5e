import { certificatePdf } from "@/lib/retention/certificate";
import { takeCertificate } from "@/lib/retention/commands/take-papers";
import { paperAnswer } from "../../../../paper-answer";

type Context = { params: Promise<{ id: string }> };

/** The certificate of a destruction that is over, as PDF. A POST, since handing it out is itself recorded. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return paperAnswer(async (actor) => {
    const facts = await takeCertificate(actor, id);
    return { name: `파기 확인서 ${facts.number}.pdf`, file: await certificatePdf(facts) };
  });
}
