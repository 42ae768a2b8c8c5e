import { takeCheckpoint } from "@/lib/audit/commands";
import { signedIn } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { Forbidden } from "@/lib/errors";
import { attachment } from "@/lib/file-name";
import { missing } from "../missing";

/** The head of the chain as a file, to be kept outside: `damso audit verify --checkpoint FILE` compares with it. */
export async function POST(): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missing();
  const now = new Date();
  try {
    const point = await takeCheckpoint(signed.actor, now);
    return new Response(`${JSON.stringify(point)}\n`, {
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Disposition": attachment(`audit-checkpoint-${kstDay(now)}-${point.seq}.json`),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Forbidden) return missing();
    throw error;
  }
}
