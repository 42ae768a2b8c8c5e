import type { Permission } from "@/lib/auth/permissions";
import { kstDay } from "@/lib/clock";
import { createPlacement } from "@/lib/placements/commands";
import { createPlacementSchema } from "@/lib/placements/schema";
import type { Company } from "../harness-company";
import { openCampaign } from "../harness-take-down";
import { count, fresh, type Probe, say, sendForm } from "./probe";

const admin = (home: Company) => home.people.CLIENT_ADMIN.caller;

async function campaign(company: Company): Promise<{ id: string; taskId: string; placementId: string }> {
  const { takeDownId, tasks } = await openCampaign(company.people.MARKETER.actor, company.channelId, 1, new Date());
  return { id: takeDownId, taskId: tasks[0]?.id ?? "", placementId: tasks[0]?.placementId ?? "" };
}

export const takeDownProbes = {
  "take-down:open": {
    target: async (company) => {
      const given = { channelId: company.channelId, name: fresh(), medium: "offline" };
      const { id } = await createPlacement(company.people.MARKETER.actor, createPlacementSchema.parse(given));
      return { placementId: id, note: fresh() };
    },
    act: (who, { placementId = "", note = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/placements/take-downs/new?placementId=${home.placementId}`,
        has: { placementId: true, effectiveOn: true },
        change: { placementId, effectiveOn: kstDay(new Date()), note },
      }),
    effect: async ({ note }) => (await count("SELECT count(*) n FROM take_downs WHERE note = $1", note)) === 1,
    ids: ["placementId"],
    refusal: 404,
  },
  "take-down:close": {
    target: (company) => campaign(company),
    act: (who, { taskId = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/placements/take-downs/${home.takeDownId}/tasks/${home.takeDownTaskId}`,
        has: { taskId: home.takeDownTaskId, reason: true },
        words: say("placements.takeDown.task.handSubmit"),
        change: { taskId, reason: "매장이 없어졌습니다." },
      }),
    effect: async ({ taskId }) =>
      (await count("SELECT count(*) n FROM take_down_closings WHERE task_id = $1", taskId)) === 1,
    ids: ["taskId"],
    refusal: 404,
  },
  "take-down:reinstate": {
    target: (company) => campaign(company),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/placements/take-downs/${home.takeDownId}`,
        has: { takeDownId: home.takeDownId, note: true },
        change: { takeDownId: id, note: "계속 씁니다." },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM take_down_steps WHERE take_down_id = $1 AND kind = 'reinstated'", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
