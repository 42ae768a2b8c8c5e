// Who may see and keep the block list, and change a channel's dealer.

import type { PersonActor } from "@/lib/auth/actor";
import type { Permission } from "@/lib/auth/permissions";
import { addBlock } from "@/lib/channels/commands/add-block";
import { beginSwitch } from "@/lib/channels/commands/switch-dealer";
import { kstDay } from "@/lib/clock";
import { makeReadyChannel } from "@/prisma/seed/ready-channel";
import type { Company } from "../harness-company";
import { row } from "../harness-database";
import { count, fresh, type Probe, say, sendForm } from "./probe";

async function blocked(company: Company) {
  const label = `${fresh()} ${company.marker}`;
  const { channelId } = company;
  const id = await addBlock(company.people.CLIENT_ADMIN.actor, { channelId, label, reason: "", blockedOn: null });
  return { id, channelId, label };
}

export const blockProbes = {
  "block:read": {
    target: (company) => blocked(company),
    // In one's own channel: another company's is not found before anybody asks for the list.
    act: (who, { id }, home) => who.get(`/channels/${home.channelId}/blocks/${id}`),
    effect: async ({ label = "" }, answer) => answer.status === 200 && answer.text.includes(label),
    ids: ["id"],
    refusal: 403,
  },
  "block:edit": {
    target: async (company) => {
      const { id, channelId } = await blocked(company);
      return { id, channelId, version: "1", note: `까닭이 있습니다. ${fresh()}` };
    },
    act: (who, { id = "", channelId = "", version = "", note = "" }, home) =>
      sendForm(who, {
        giver: home.people.CLIENT_ADMIN.caller,
        page: `/channels/${home.channelId}/blocks/${home.blockId}`,
        has: { note: true, blockId: true },
        words: say("channels.blocks.dropAct"),
        change: { channelId, blockId: id, version, note, userKey: null },
      }),
    effect: async ({ id, note }) =>
      (await count("SELECT count(*) n FROM block_marks WHERE blocked_user_id = $1 AND note = $2", id, note)) === 1,
    ids: ["id", "channelId"],
    refusal: 404,
  },
  "channel:switch-dealer": {
    target: async (company) => {
      const { CLIENT_ADMIN, COMPLIANCE_OFFICER } = company.people;
      const channelId = await makeReadyChannel(
        { now: new Date(), admin: CLIENT_ADMIN.actor, officer: COMPLIANCE_OFFICER.actor },
        { searchId: fresh(), name: `채널 ${company.marker}`, publicId: null, contact: "", openedDaysAgo: 9 },
      );
      return { channelId, ...(await begun(CLIENT_ADMIN.actor, channelId)) };
    },
    act: (who, { channelId = "", switchId = "", reason = "" }, home) =>
      sendForm(who, {
        giver: home.people.CLIENT_ADMIN.caller,
        page: `/channels/${home.channelId}/dealer`,
        has: { switchId: true, reason: true },
        change: { channelId, switchId, reason },
      }),
    effect: async ({ switchId }) =>
      (await count("SELECT count(*) n FROM dealer_switches WHERE id = $1 AND outcome = 'withdrawn'", switchId)) === 1,
    ids: ["channelId", "switchId"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;

/** A switch that stays open on the company's live channel: its page has the forms. */
export async function prepareSwitch({ channelId, people }: Company): Promise<void> {
  await begun(people.CLIENT_ADMIN.actor, channelId);
}

async function begun(admin: PersonActor, channelId: string): Promise<{ switchId: string; reason: string }> {
  const { dealer } = await row<{ dealer: string }>("SELECT dealer FROM channels WHERE id = $1", [channelId]);
  const toDealer = dealer === "lunasoft" ? "spectra" : "lunasoft";
  const reason = `딜러를 바꿉니다. ${fresh()}`;
  const switchId = await beginSwitch(admin, { channelId, toDealer, lastOn: kstDay(new Date()), reason });
  return { switchId, reason };
}
