import type { Permission } from "@/lib/auth/permissions";
import { startRehearsal } from "@/lib/rehearsal/commands/start-rehearsal";
import { endAbandoned } from "@/lib/rehearsal/jobs";
import { owner } from "../harness-database";
import { count, type Probe, say, sendForm } from "./probe";

export const rehearsalProbes = {
  "rehearsal:read": {
    target: async (company) => ({ id: company.rehearsalId, marker: company.marker }),
    act: (who, { id }) => who.get(`/rehearsal/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`채널 ${marker}`),
    ids: ["id"],
    refusal: 403,
  },
  "rehearsal:run": {
    target: async ({ people, channelId }) => {
      const given = { channelId, format: "happytalk" } as const;
      return { id: await startRehearsal(people.COMPLIANCE_OFFICER.actor, given, new Date()) };
    },
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: home.people.COMPLIANCE_OFFICER.caller,
        page: `/rehearsal/${home.rehearsalId}`,
        has: { rehearsalId: true },
        words: say("rehearsal.run.alimtalk"),
        change: { rehearsalId: id },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM rehearsal_events WHERE rehearsal_id = $1 AND kind = 'alimtalk'", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;

/** What no address does: a rehearsal that nobody goes on with ends by itself. */
export const rehearsalMachine = {
  prepare: async ({ people, channelId }: Parameters<Probe["target"]>[0]): Promise<string> => {
    const long = new Date(Date.now() - 9 * 86_400_000);
    return startRehearsal(people.MARKETER.actor, { channelId, format: "infobank" }, long);
  },
  work: (company: { id: string }) =>
    endAbandoned({ kind: "job", name: "rehearsals", organizationId: company.id }, new Date()),
  done: async (_company: unknown, id: string) =>
    (await (await owner()).query("SELECT 1 FROM rehearsals WHERE id = $1 AND outcome = 'given-up'", [id])).rows
      .length === 1,
};
