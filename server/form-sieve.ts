// Forms of the console that no browser sent: Next answers what it cannot decode with 500, here it is a 400 (trust.md P-22, P-38).
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerPage, pageOf } from "./plain-page";

const deepest = 20;
/** What a form's state may be made of beside plain text: React writes a text of ours that begins with "$" as "$$". */
const reference = /^\$(\$|undefined$|K[\da-f]{1,2}$)/;

/**
 * Reads along while a form arrives, and answers 400 before its last byte is handed on when it is not whole or its action's arguments
 * are none. The length is limited already (body-limit).
 */
export function sieveForm(request: IncomingMessage, response: ServerResponse): void {
  const boundary = boundaryOf(request.headers["content-type"]);
  const byScript = request.headers["next-action"] !== undefined;
  if (request.method !== "POST" || (boundary === null && !byScript)) return;
  const push = request.push.bind(request);
  const chunks: Uint8Array[] = [];
  request.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk instanceof Uint8Array) chunks.push(chunk);
    if (chunk !== null || isSound(Buffer.concat(chunks), boundary, byScript)) return push(chunk, encoding);
    // Next still waits for the end of the body: it is let go once our answer is out.
    response.setHeader("Connection", "close");
    response.once("finish", () => request.destroy());
    answerPage(request, response, pageOf(400));
    return false;
  };
}

function boundaryOf(type: string | undefined): string | null {
  if (!type?.toLowerCase().startsWith("multipart/form-data")) return null;
  const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type);
  // A form that does not say where its parts end is none.
  return found?.[1] ?? found?.[2] ?? "";
}

/** Whether a body can be a form of ours. */
export function isSound(body: Buffer, boundary: string | null, byScript: boolean): boolean {
  if (boundary === null) return isArguments(body.toString("utf8"));
  const parts = partsOf(body.toString("latin1"), boundary);
  if (!parts) return false;
  const names = new Set(parts.map(([name]) => name));
  for (const name of names) {
    const action = /^\$ACTION_REF_(\w+)$/.exec(name)?.[1];
    if (action && !(names.has(`$ACTION_${action}:0`) && names.has(`$ACTION_${action}:1`))) return false;
  }
  return parts.every(([name, value]) => {
    const holdsArguments = byScript ? name === "0" : /^\$ACTION_\w+:[1-9]\d*$/.test(name);
    return !holdsArguments || isArguments(Buffer.from(value, "latin1").toString("utf8"));
  });
}

/** Names and contents of the parts, as latin1; null when the body is not whole. */
function partsOf(body: string, boundary: string): [string, string][] | null {
  const mark = `--${boundary}`;
  if (boundary === "" || !body.startsWith(`${mark}\r\n`)) return null;
  const end = body.lastIndexOf(`\r\n${mark}--`);
  if (end === -1) return null;
  const parts = body.slice(mark.length + 2, end).split(`\r\n${mark}\r\n`);
  const read = parts.map((part): [string, string] | null => {
    const head = part.indexOf("\r\n\r\n");
    const name = /^content-disposition:\s*form-data;(?:.*;)?\s*name="([^"]*)"/im.exec(
      part.slice(0, Math.max(head, 0)),
    )?.[1];
    return head === -1 || name === undefined ? null : [name, part.slice(head + 4)];
  });
  return read.every((part) => part !== null) ? read : null;
}

/** A list as React writes the arguments of an action. */
function isArguments(text: string): boolean {
  if (isTooDeep(text)) return false;
  try {
    let sound = true;
    const list: unknown = JSON.parse(text, (_name, value) => {
      if (typeof value === "string" && value.startsWith("$") && !reference.test(value)) sound = false;
      return value;
    });
    return sound && Array.isArray(list);
  } catch {
    // No JSON is no list.
    return false;
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const sign of text.replace(/"(?:[^"\\]|\\.)*"/g, "")) {
    if (sign === "[" || sign === "{") depth += 1;
    if (sign === "]" || sign === "}") depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
