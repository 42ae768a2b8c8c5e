import { z } from "zod";
import { signedIn } from "@/lib/auth/session";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { errorFields, log } from "@/lib/log";
import { saveDraft } from "@/lib/templates/commands/save-draft";
import { getTemplate, getTemplateDraft } from "@/lib/templates/queries/get-template";
import { saveDraftSchema } from "@/lib/templates/schema/template";
import { UploadRefused } from "@/lib/upload";

/** A message of the largest kind with a thousand samples is far below. */
const mostBytes = 2 * 2 ** 20;

/**
 * Saves a draft from the page that is being written in: JSON with `revision` and `content`. 200 with the newest number; 409 with the draft that
 * somebody saved meanwhile, and nothing is overwritten; 401, 403, 404, 413, 422.
 */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return answer(401, { code: "signed-out" });
  const { id } = await params;
  try {
    const input = saveDraftSchema
      .pick({ templateId: true, revision: true, content: true })
      .safeParse({ ...((await readJson(request)) as object), templateId: id });
    if (!input.success) return answer(z.uuid().safeParse(id).success ? 422 : 404, { code: "unreadable" });
    try {
      return answer(200, await saveDraft(signed.actor, input.data));
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      const template = await getTemplate(signed.actor, id);
      const current = template && (await getTemplateDraft(signed.actor, id, template.revision));
      return current ? answer(409, { code: "conflict", current }) : answer(404, { code: "not-found" });
    }
  } catch (error) {
    if (error instanceof UploadRefused) return answer(error.status, { code: error.code });
    if (error instanceof Refused) return answer(422, { code: error.key.split(".").at(-1) ?? "refused" });
    if (error instanceof NotFound) return answer(404, { code: "not-found" });
    if (error instanceof Forbidden) return answer(403, { code: "forbidden" });
    log("error", "template-draft.failed", errorFields(error));
    return answer(500, { code: "failed" });
  }
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}

/** The body as JSON, read no further than a draft may be long; what is no JSON is nothing. */
async function readJson(request: Request): Promise<unknown> {
  const [parts, decoder] = [[] as string[], new TextDecoder("utf-8", { fatal: true })];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new UploadRefused("too-large");
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  try {
    return JSON.parse(parts.join("") + decoder.decode());
  } catch {
    return {};
  }
}
