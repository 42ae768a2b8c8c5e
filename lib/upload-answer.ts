// What comes of an upload, for a form and for a machine: the same at every address that takes a file.
import type { PersonActor } from "@/lib/auth/actor";
import { signedIn } from "@/lib/auth/session";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { FileRefused } from "@/lib/file-refusal";
import { errorFields, log } from "@/lib/log";
import { type UploadRefusal, UploadRefused } from "@/lib/upload";

export type UploadPlace<Kept> = {
  /** The page of the form. */
  here: string;
  /** What lines of the log are called, before `.refused` and `.failed`, and what they say besides. */
  event: string;
  about?: Readonly<Record<string, string>>;
  /** Bytes that a refused upload of a form may still send: a browser hears no answer before it has sent everything. */
  patience: number;
  /** Takes the file. @param patience 0 for a machine, which hears the answer at once */
  take: (actor: PersonActor, patience: number) => Promise<Kept>;
  /** Where a form goes on; it may leave a sentence there. */
  done: (kept: Kept) => string | Promise<string>;
  /** Where a refused form goes back to, with the refusal in the address; `here` unless told. */
  back?: (refusal: URLSearchParams) => string;
  /** Refusals that this page calls otherwise. */
  codes?: Partial<Record<UploadRefusal | "conflict", string>>;
};

type Failure = { status: number; code: string; line: number };
const unstored = { "Cache-Control": "no-store" };

/**
 * Takes an upload. A form goes on by 303, or back with `refused` (and `line`, where a list says which) in the address; a machine gets 201 with
 * what was kept, or the refusal's status, as JSON. Who may not, and what is not there, is answered by status alone.
 */
export async function answerUpload<Kept extends object>(request: Request, place: UploadPlace<Kept>): Promise<Response> {
  const { here, event, about = {}, patience, take, done, back, codes } = place;
  const page = request.headers.get("accept")?.includes("text/html") ?? false;
  const signed = await signedIn();
  if (!signed) return page ? seeOther(`/sign-in?next=${encodeURIComponent(here)}`) : refusal(401, "signed-out");
  try {
    const kept = await take(signed.actor, page ? patience : 0);
    return page ? seeOther(await done(kept)) : Response.json(kept, { status: 201, headers: unstored });
  } catch (error) {
    const { status, code, line } = failureOf(error, codes ?? {});
    if (status === 500) log("error", `${event}.failed`, errorFields(error));
    else log("warn", `${event}.refused`, { ...about, status, code });
    if (!page || [403, 404, 500].includes(status)) return refusal(status, code);
    const said = new URLSearchParams({ refused: code, ...(line > 0 ? { line: String(line) } : {}) });
    return seeOther(back?.(said) ?? `${here}?${said}`);
  }
}

/** What an error means to whoever sent the file. @returns `line` of a list, 0 where none is told */
export function failureOf(error: unknown, codes: NonNullable<UploadPlace<object>["codes"]>): Failure {
  const failure = (status: number, code: string, line = 0): Failure => ({ status, code, line });
  if (error instanceof UploadRefused) return failure(error.status, codes[error.code] ?? error.code);
  if (error instanceof FileRefused) return failure(422, error.code);
  if (error instanceof Refused)
    return failure(422, error.key.split(".").at(-1) ?? "refused", Number(error.values?.line ?? 0));
  if (error instanceof Conflict) return failure(409, codes.conflict ?? "conflict");
  if (error instanceof NotFound) return failure(404, "not-found");
  if (error instanceof Forbidden) return failure(403, "forbidden");
  return failure(500, "failed");
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { ...unstored, Location: location } });
}

function refusal(status: number, code: string): Response {
  return Response.json({ status, code }, { status, headers: unstored });
}
