import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { MessageType } from "../schema/content";
import { mostExported } from "../schema/transfer";

export type ExportableTemplate = { id: string; name: string; type: MessageType; channelName: string | null };

/** Templates that may be handed out, by name: all that are not in the archive, at most 500. */
export function listExportable(actor: Actor): Promise<ExportableTemplate[]> {
  return read(
    actor,
    "template:export",
    (tx) => tx.$queryRaw<ExportableTemplate[]>`
      SELECT t.id, t.name, t.type, c.name AS "channelName" FROM templates t JOIN template_states s ON s.template_id = t.id
      LEFT JOIN channels c ON c.id = t.channel_id WHERE s.state <> 'archived' ORDER BY t.name, t.id LIMIT ${mostExported}`,
  );
}
