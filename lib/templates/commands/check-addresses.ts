import { type Actor, personOf } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { NotFound, Refused } from "@/lib/errors";
import { type Fetched, fetchPage } from "@/lib/outbound";
import { addressState, webAddresses } from "../rules/addresses";
import { templateContentSchema } from "../schema/content";

/**
 * Calls every web address of a template's newest text, each at most 5 s (lib/outbound), and keeps what answered. Nothing is sent there but the
 * address. @returns how many were called, and how many did not open
 * @throws NotFound; Refused when it has no address
 */
export async function checkTemplateAddresses(
  actor: Actor,
  templateId: string,
  call: (address: string) => Promise<Fetched> = fetchPage,
): Promise<{ count: number; closed: number }> {
  const addresses = await read(actor, "template:check", async (tx) => {
    const newest = await tx.templateDraft.findFirst({ where: { templateId }, orderBy: { number: "desc" } });
    if (!newest) throw new NotFound();
    return webAddresses(templateContentSchema.parse(newest.content));
  });
  if (addresses.length === 0) throw new Refused("templates.addresses.none");
  const answers = await Promise.all(addresses.map(async (address) => ({ address, answer: await call(address) })));
  return change(actor, "template:check", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    const at = new Date();
    const rows = answers.map(({ address, answer }) => ({
      ...{ organizationId, templateId, address, at, personId, tookMs: answer.tookMs },
      status: answer.ok ? answer.status : null,
      failure: answer.ok ? null : answer.failure,
    }));
    await tx.templateAddressCheck.createMany({ data: rows });
    const closed = rows.filter((row) => addressState(row) !== "open").length;
    await record({
      action: "template.addresses-checked",
      target: { kind: "template", id: templateId },
      body: { count: rows.length, closed },
    });
    return { count: rows.length, closed };
  });
}
