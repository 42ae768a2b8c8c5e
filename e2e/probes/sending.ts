import type { Permission } from "@/lib/auth/permissions";
import { createConnection } from "@/lib/dealers/commands/create-connection";
import { openAccess } from "@/lib/dealers/commands/open-access";
import { getTemplateInUse } from "@/lib/templates/queries/list-sendable";
import { contentHash } from "@/lib/templates/rules/content-hash";
import { filledContent } from "@/lib/templates/rules/fill";
import { type Company, makeConsult } from "../harness-company";
import { count, type Probe, sendForm } from "./probe";

/** Calls are allowed, to an address where nobody answers: what counts is that a send was asked for. */
export async function prepareSending({ channelId, people }: Company): Promise<void> {
  const { actor } = people.CLIENT_ADMIN;
  const given = { channelId, format: "infobank" as const, allowedFrom: [], signed: false };
  const { connectionId } = await createConnection(actor, given);
  await openAccess(actor, { connectionId, address: "http://127.0.0.78:9", clientId: "", key: "probe" });
}

const inUse = async (company: Company) => {
  const found = await getTemplateInUse(company.people.CLIENT_ADMIN.actor, company.templateId);
  if (!found) throw new Error("The company's template is not in use");
  return found;
};

export const sendingProbes = {
  "consult:send": {
    target: async (company) => {
      const { content, hash } = await inUse(company);
      const id = await makeConsult(company, company.channelId, company.connectionId);
      return { id, version: hash, seen: contentHash(filledContent(content, new Map())) };
    },
    act: (who, { id = "", version = "", seen = "" }, home) =>
      sendForm(who, {
        giver: home.people.CLIENT_ADMIN.caller,
        page: `/monitor/${home.sessionId}/send?template=${home.templateId}`,
        has: { sessionId: true, version: true },
        change: { sessionId: id, version, seen, act: "send" },
      }),
    effect: async ({ id }) => (await count("SELECT count(*) n FROM message_sends WHERE session_id = $1", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
