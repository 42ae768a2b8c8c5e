import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { getChannel } from "@/lib/channels/queries/get-channel";
import { listChannels } from "@/lib/channels/queries/list-channels";
import { listChannelsSchema } from "@/lib/channels/schema";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { fileKind } from "@/lib/file-kind";
import { storedPath } from "@/lib/storage";
import { seedHangyeolChannels } from "./channels";

afterAll(closeDatabase);

describe("the demonstration's channels", () => {
  it("stand as people said of them before any contract, with evidence that our own door would take, once", async () => {
    const organizationId = randomUUID();
    const person = (role: PersonActor["role"]): PersonActor => ({
      kind: "person",
      personId: randomUUID(),
      organizationId,
      role,
      signInId: randomUUID(),
      address: "local",
    });
    const admin = person("CLIENT_ADMIN");
    const owner = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await owner.connect();
    await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'hangyeol', '주식회사 한결생활')", [
      organizationId,
    ]);
    await owner.end();
    const now = new Date();
    const context = { now, admin, officer: person("COMPLIANCE_OFFICER") };
    const ids = await seedHangyeolChannels(context);
    expect(await seedHangyeolChannels(context)).toEqual(ids);
    const { items } = await listChannels(admin, listChannelsSchema.parse({}), now);
    expect(items.map(({ name, state, progress }) => [name, state, progress.done])).toEqual([
      ["한결생활 B2B", "preparing", 11],
      ["한결생활", "live", 15],
      ["한결멤버십", "live", 15],
    ]);
    for (const id of Object.values(ids)) {
      for (const { file } of (await getChannel(admin, id, now))?.marks ?? []) {
        if (!file) continue;
        const bytes = await readFile(path.join(env().DAMSO_FILES.replace(/^file:/, ""), storedPath(file.id)));
        expect((await fileKind(bytes, file.name, "")).mime).toBe(file.mime);
      }
    }
  });
});
