import { noticeAtJson } from "@/lib/privacy/notice-paper";
import { noticeFile } from "../answer";

type Context = { params: Promise<{ channelId: string }> };

/** What a user saw at an instant, as data. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { channelId } = await params;
  return noticeFile(request, channelId, {
    mime: "application/json; charset=utf-8",
    ending: "json",
    make: (seen) => new TextEncoder().encode(`${JSON.stringify(noticeAtJson(seen), null, 2)}\n`),
  });
}
