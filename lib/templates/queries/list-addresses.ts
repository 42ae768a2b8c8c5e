import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type AddressState, addressState, webAddresses } from "../rules/addresses";
import type { TemplateContent } from "../schema/content";

/** `checked`: what answered there last; null when nobody asked. */
export type TemplateAddress = {
  address: string;
  checked: { state: AddressState; status: number | null; failure: string | null; at: Date } | null;
};

/** The web addresses of a template's text, each with its newest answer. */
export function listAddresses(actor: Actor, id: string, content: TemplateContent): Promise<TemplateAddress[]> {
  return read(actor, "template:read", async (tx) => {
    const addresses = webAddresses(content);
    const found = await tx.$queryRaw<{ address: string; status: number | null; failure: string | null; at: Date }[]>`
      SELECT DISTINCT ON (address) address, status, failure, at FROM template_address_checks
      WHERE template_id = ${id}::uuid AND address = ANY (${addresses}) ORDER BY address, at DESC`;
    const newest = new Map(found.map(({ address, ...answer }) => [address, answer]));
    return addresses.map((address) => {
      const answer = newest.get(address);
      return { address, checked: answer ? { ...answer, state: addressState(answer) } : null };
    });
  });
}
