import { signedIn } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { Forbidden } from "@/lib/errors";
import { fileAnswer, missingAnswer } from "@/lib/file-answer";
import { safeFileName } from "@/lib/file-name";
import { getTemplatePayload } from "@/lib/templates/queries/get-payload";
import { payloadDealers } from "@/lib/templates/rules/payload";
import { payloadChoiceSchema } from "@/lib/templates/schema/payload";

type Context = { params: Promise<{ id: string; dealer: string }> };

/** A dealer's payload as a file. No session, no right, no such template, no such dealer: answered alike, 404. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const signed = await signedIn();
  const { id, dealer: asked } = await params;
  const dealer = payloadDealers.find((name) => name === asked);
  if (!signed || !dealer) return missingAnswer();
  try {
    const choice = payloadChoiceSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
    const found = await getTemplatePayload(signed.actor, id, choice, kstDay(new Date()));
    if (!found) return missingAnswer();
    const bytes = new TextEncoder().encode(found.payloads[dealer].json);
    const name = safeFileName(`${found.name}_${dealer}_${found.version === null ? "draft" : `v${found.version}`}.json`);
    return fileAnswer({
      ...{ name, mime: "application/json; charset=utf-8", bytes: bytes.length },
      stream: new Blob([bytes]).stream() as ReadableStream<Uint8Array>,
    });
  } catch (error) {
    if (error instanceof Forbidden) return missingAnswer();
    throw error;
  }
}
