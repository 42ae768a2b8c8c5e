import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { checkChannels } from "@/lib/channels/jobs";
import { listChecks } from "@/lib/channels/queries/list-checks";
import { closeDatabase } from "@/lib/db/client";
import { listWaiting } from "@/lib/today/queries/list-waiting";
import { hangyeolChannels } from "./channel-plans";
import { seedHangyeolChannels } from "./channels";
import { seedChecks } from "./checks";

afterAll(closeDatabase);

describe("the demonstration's checks", () => {
  it("say what rules say of made-up pages and answers, once, and leave nothing for today's round", async () => {
    const organizationId = randomUUID();
    const person = (role: PersonActor["role"]): PersonActor => ({
      ...{ kind: "person", personId: randomUUID(), organizationId, role, signInId: randomUUID(), address: "local" },
    });
    const [admin, officer] = [person("CLIENT_ADMIN"), person("COMPLIANCE_OFFICER")];
    const owner = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await owner.connect();
    await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'hangyeol', '주식회사 한결생활')", [
      organizationId,
    ]);
    await owner.end();
    const now = new Date();
    const ids = await seedHangyeolChannels({ now, admin, officer });
    const bySearchId = (searchId: string) => {
      const found = Object.entries(hangyeolChannels).find(([, plan]) => plan.searchId === searchId);
      return ids[(found?.[0] ?? "life") as keyof typeof ids];
    };
    const context = { now, actor: officer, channelId: bySearchId };
    await seedChecks(context);
    await seedChecks(context);
    const newest = async (id: string) =>
      ((await listChecks(admin, id))?.newest ?? []).map(({ kind, format, status, answers }) => [
        ...[kind, format ?? status, answers.map(({ item, answer }) => `${item} ${answer}`).join(", ")],
      ]);
    const profile = "opened yes, business yes, category yes, dealer yes, contract yes";
    expect(await newest(ids.membership)).toEqual([
      ["sender-profile", "lunasoft", profile],
      ["channel-home", 200, "home-public yes, opened yes"],
    ]);
    expect(await newest(ids.life)).toContainEqual(["sender-profile", "infobank", profile]);
    expect(await newest(ids.business)).toContainEqual(["privacy-policy", 200, "privacy-policy no"]);
    expect((await listWaiting(admin, now)).filter(({ kind }) => kind === "checkFailed")).toMatchObject([
      { subject: "@한결생활", values: { count: 1 } },
    ]);
    const history = (await listChecks(admin, ids.business))?.items ?? [];
    expect(history.some(({ failure }) => failure === "timeout")).toBe(true);
    expect(history.find(({ kind }) => kind === "privacy-policy")?.names).toMatchObject([
      { name: "인포뱅크", found: true, snippet: expect.stringContaining("인포뱅크(주)") },
      { name: "카카오", found: false },
    ]);
    const never = async () => Promise.reject(new Error("asked"));
    expect(await checkChannels({ kind: "job", name: "channel-checks", organizationId }, now, never)).toMatch(
      /^0 channels/,
    );
  });
});
