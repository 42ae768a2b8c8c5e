import { kstDay } from "@/lib/clock";
import { drawLetter } from "@/lib/pdf/letter";
import { takeDealerLetter } from "@/lib/retention/commands/take-papers";
import { dealerLetter } from "@/lib/retention/rules/dealer-letter";
import { paperAnswer } from "../../../../paper-answer";

type Context = { params: Promise<{ id: string }> };

/** The letter that asks the dealer to delete its copies, as PDF. A POST, since handing it out is itself recorded. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return paperAnswer(async (actor) => {
    const facts = await takeDealerLetter(actor, id);
    return { name: `삭제 요청서 ${facts.number}.pdf`, file: await drawLetter(dealerLetter(facts, kstDay(new Date()))) };
  });
}
