// Templates that may be sent: versions in use, of one channel or of all.
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type TemplateContent, templateContentSchema } from "../schema/content";

export type SendableTemplate = { id: string; name: string };

/** Those that people of a channel may send, by name, at most 500. */
export function listSendable(actor: Actor, channelId: string): Promise<SendableTemplate[]> {
  return read(
    actor,
    "template:read",
    (tx) => tx.$queryRaw<SendableTemplate[]>`
      SELECT t.id, t.name FROM templates t JOIN template_states s ON s.template_id = t.id
      WHERE s.in_use IS NOT NULL AND (t.channel_id IS NULL OR t.channel_id = ${channelId}::uuid) ORDER BY t.name, t.id LIMIT 500`,
  );
}

export type TemplateInUse = SendableTemplate & {
  versionId: string;
  number: number;
  hash: string;
  channelId: string | null;
  tags: string[];
  content: TemplateContent;
};

/** The version of a template that is in use, or null: unknown, of another company, never approved, retired. */
export async function getTemplateInUse(actor: Actor, id: string): Promise<TemplateInUse | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const [found] = await read(
    actor,
    "template:read",
    (tx) => tx.$queryRaw<(Omit<TemplateInUse, "content"> & { content: unknown })[]>`
      SELECT t.id, t.name, t.tags, t.channel_id AS "channelId", v.id AS "versionId", v.number, v.hash, v.content
      FROM templates t JOIN template_states s ON s.template_id = t.id
        JOIN template_versions v ON v.organization_id = t.organization_id AND v.template_id = t.id AND v.number = s.in_use
      WHERE t.id = ${id}::uuid`,
  );
  return found ? { ...found, content: templateContentSchema.parse(found.content) } : null;
}
