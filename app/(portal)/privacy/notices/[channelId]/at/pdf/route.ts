import { drawNoticeAt } from "@/lib/privacy/notice-paper";
import { noticeFile } from "../answer";

type Context = { params: Promise<{ channelId: string }> };

/** The paper of what a user saw at an instant. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { channelId } = await params;
  return noticeFile(request, channelId, {
    mime: "application/pdf",
    ending: "pdf",
    make: (seen) => drawNoticeAt(seen.company, seen),
  });
}
