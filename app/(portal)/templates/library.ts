import type { LibraryFile } from "@/components/templates/editor-context";
import type { PersonActor } from "@/lib/auth/actor";
import { getMedia, listMediaChoices } from "@/lib/templates/queries/media";
import { mediaOf } from "@/lib/templates/rules/search-text";
import type { TemplateContent } from "@/lib/templates/schema/content";

/** Files that the editor of a message offers: the newest of the library, and those that the message shows already. */
export async function libraryOf(actor: PersonActor, content: TemplateContent): Promise<LibraryFile[]> {
  const offered = await listMediaChoices(actor);
  const shown = mediaOf(content).filter((id) => !offered.some((one) => one.id === id));
  const kept = (await Promise.all(shown.map((id) => getMedia(actor, id)))).filter((one) => one !== null);
  return [...offered, ...kept].map(({ id, kind, mime, name, bytes, width, height, seconds, sha256, alt }) => ({
    id,
    alt,
    facts: { kind, mime, name, bytes, width, height, seconds, sha256 },
  }));
}
