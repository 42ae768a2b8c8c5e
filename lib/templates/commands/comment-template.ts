import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { CommentTemplate } from "../schema/template";
import { lockTemplate } from "./template-lock";

/** Says something about a template to its other writers; it stays. @throws NotFound */
export async function commentTemplate(actor: Actor, input: CommentTemplate, now = new Date()): Promise<void> {
  await change(actor, "template:comment", async (tx, record) => {
    const { id: templateId, revision } = await lockTemplate(tx, input.templateId);
    const { organizationId, personId } = personOf(actor);
    const about = Math.min(input.revision, revision);
    await tx.templateComment.create({
      data: { organizationId, templateId, revision: about, text: input.text, personId, at: now },
    });
    await record({
      action: "template.commented",
      target: { kind: "template", id: templateId },
      body: { revision: about },
    });
  });
}
