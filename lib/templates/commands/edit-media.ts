import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { NotFound, Refused } from "@/lib/errors";
import { usesOf } from "../queries/media";
import type { DescribeMedia } from "../schema/media";

/** Says what a listener hears in a file's place, where a message says nothing else. @throws NotFound */
export async function describeMedia(actor: Actor, { mediaId, alt }: DescribeMedia): Promise<void> {
  await change(actor, "media:upload", async (tx, record) => {
    const { count } = await tx.mediaFile.updateMany({ where: { id: mediaId, withdrawal: null }, data: { alt } });
    if (count === 0) throw new NotFound();
    await record({ action: "media.described", target: { kind: "media", id: mediaId }, body: { alt } });
  });
}

/** Takes a file out of the library. Versions that showed it keep it. @throws NotFound; Refused while a template's newest draft shows it */
export async function withdrawMedia(actor: Actor, { mediaId }: { mediaId: string }): Promise<void> {
  await change(actor, "media:upload", async (tx, record) => {
    const media = await tx.mediaFile.findFirst({ where: { id: mediaId, withdrawal: null } });
    if (!media) throw new NotFound();
    if ((await usesOf(tx, mediaId)).length > 0) throw new Refused("templates.media.refused.used");
    const { organizationId, personId } = personOf(actor);
    // Two at once: the second finds it gone.
    const { count } = await tx.mediaWithdrawal.createMany({
      data: [{ mediaId, organizationId, personId }],
      skipDuplicates: true,
    });
    if (count === 0) throw new NotFound();
    await record({
      action: "media.withdrawn",
      target: { kind: "media", id: mediaId },
      body: { name: media.name, sha256: media.sha256 },
    });
  });
}
