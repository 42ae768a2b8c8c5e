// Server-sent events for one open monitor: consults of the viewer's organization in finished words.
import { consultLine } from "@/components/transcripts/consult-line";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { stopping } from "@/lib/stopping";
import { watchConsults } from "@/lib/transcripts/queries/watch-consults";
import { consultFilterSchema } from "@/lib/transcripts/schema";
import { consultWords } from "../words";

export const dynamic = "force-dynamic";

const beatMs = 15_000;
/** Open monitors of one person in this process. */
const mostStreams = 8;
const streams = new Map<string, number>();

export async function GET(request: Request): Promise<Response> {
  const actor = await currentActor();
  if (!can(actor, "consult:read")) return new Response(null, { status: 403 });
  const { personId } = actor;
  const count = streams.get(personId) ?? 0;
  if (count >= mostStreams) return new Response(null, { status: 429, headers: { "Retry-After": "60" } });
  streams.set(personId, count + 1);
  const filter = consultFilterSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  const words = await consultWords();
  const maySend = can(actor, "consult:send");
  const encoder = new TextEncoder();
  let close: () => void = () => undefined;

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let open = true;
      const send = (text: string) => {
        if (open) controller.enqueue(encoder.encode(text));
      };
      const beat = setInterval(() => send(": still here\n\n"), beatMs);
      const unwatch = watchConsults(actor, filter, {
        rows: (rows) => {
          const now = new Date();
          send(
            `event: consults\ndata: ${JSON.stringify(rows.map((row) => consultLine(row, words, now, maySend)))}\n\n`,
          );
        },
        many: () => send("event: many\ndata: {}\n\n"),
        ended: () => {
          send("event: end\ndata: {}\n\n");
          close();
        },
      });
      close = () => {
        if (!open) return;
        open = false;
        clearInterval(beat);
        unwatch();
        leave(personId);
        request.signal.removeEventListener("abort", close);
        stopping().removeEventListener("abort", close);
        controller.close();
      };
      request.signal.addEventListener("abort", close);
      stopping().addEventListener("abort", close);
      send("retry: 5000\n\n");
    },
    cancel: () => close(),
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      // no-transform: nothing on the way may gather events to compress them.
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

function leave(personId: string): void {
  const left = (streams.get(personId) ?? 1) - 1;
  if (left > 0) streams.set(personId, left);
  else streams.delete(personId);
}
