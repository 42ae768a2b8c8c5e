import type { Actor } from "@/lib/auth/actor";
import type { Permission } from "@/lib/auth/permissions";
import { Refused } from "@/lib/errors";
import { mediaOf } from "@/lib/templates/rules/search-text";
import type { TemplateContent } from "@/lib/templates/schema/content";
import type { DealerClient, DealerResult, SentMessage } from "../client/client";
import type { UploadFile } from "../client/multipart";
import { dealerOf } from "../queries/dealer-access";

type Order = {
  userKey: string;
  /** Ours, unique for each message. */
  serial: string;
  /** With every variable filled. */
  content: TemplateContent;
};

/** Bytes of a file of the media library. */
type Open = (mediaId: string) => Promise<UploadFile>;

/**
 * Sends a message through the channel's dealer. Files go to Kakao first, since only files there can be sent (field-facts 1.5).
 * @throws Refused when nobody allowed calls
 */
export async function sendContent(
  actor: Actor,
  permission: Permission,
  { channelId, ...order }: Order & { channelId: string },
  open: Open,
): Promise<DealerResult<SentMessage>> {
  const client = await dealerOf(actor, permission, { channelId });
  if (!client) throw new Refused("dealers.access.refused.none");
  return sendThrough(client, order, open);
}

/** The same through a client at hand. */
export async function sendThrough(
  client: DealerClient,
  { userKey, serial, content }: Order,
  open: Open,
): Promise<DealerResult<SentMessage>> {
  const sent = new Map<string, { url: string; name: string; bytes: number }>();
  const rich = !content.type.startsWith("PLAIN_");
  for (const mediaId of mediaOf(content)) {
    const file = await open(mediaId);
    const isImage = file.mime.startsWith("image/");
    const put = isImage ? await client.uploadImage(file, rich) : await client.uploadFile(file);
    if (!put.ok) return { ...put, outcome: "unsent" };
    sent.set(mediaId, { url: put.value, name: file.name, bytes: file.bytes });
  }
  return client.send(content, {
    ...{ userKey, serial, fill: (text) => text },
    urlOf: (mediaId) => sent.get(mediaId)?.url ?? "",
    fileOf: (mediaId) => ({ name: sent.get(mediaId)?.name ?? "", bytes: sent.get(mediaId)?.bytes ?? 0 }),
  });
}
