import { createHash, randomBytes } from "node:crypto";
import { PNG } from "pngjs";
import type { Permission } from "@/lib/auth/permissions";
import { createPlacement } from "@/lib/placements/commands";
import { createPlacementSchema } from "@/lib/placements/schema";
import type { Company } from "../harness-company";
import { browserHeaders, multipart } from "../harness-form";
import { count, fresh, type Probe, say, sendForm } from "./probe";

const admin = (home: Company) => home.people.CLIENT_ADMIN.caller;

async function placement(
  company: Company,
  more: object = {},
): Promise<{ id: string; version: string; ownerId: string }> {
  const { actor } = company.people.MARKETER;
  const { id } = await createPlacement(
    actor,
    createPlacementSchema.parse({ channelId: company.channelId, name: fresh(), medium: "web", ...more }),
  );
  return { id, version: "1", ownerId: actor.personId };
}

/** A picture of chance: nobody's symbol, and no two alike. */
function picture(): Buffer {
  const png = new PNG({ width: 32, height: 32 });
  randomBytes(png.data.length).copy(png.data);
  return PNG.sync.write(png);
}

export const placementProbes = {
  "placement:read": {
    target: async (company) => ({ id: company.placementId, marker: company.marker }),
    act: (who, { id }) => who.get(`/placements/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`버튼 ${marker}`),
    ids: ["id"],
    refusal: 403,
  },
  "placement:create": {
    target: async (company) => ({ channelId: company.channelId, name: fresh(), medium: "web" }),
    act: (who, { channelId = "", name = "", medium = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: "/placements/new",
        has: { channelId: true, medium: true },
        change: { channelId, name, medium, ownerId: null },
      }),
    effect: async ({ name }) => (await count("SELECT count(*) n FROM placements WHERE name = $1", name)) === 1,
    ids: ["channelId"],
    refusal: 404,
  },
  "placement:edit": {
    target: async (company) => ({ ...(await placement(company)), name: fresh() }),
    act: (who, { id = "", version = "", name = "", ownerId = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/placements/${home.placementId}/edit`,
        has: { placementId: true, medium: true },
        change: { placementId: id, version, name, ownerId },
      }),
    effect: async ({ id, name }) =>
      (await count("SELECT count(*) n FROM placements WHERE id = $1 AND name = $2", id, name)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "placement:check": {
    target: async (company) => {
      const { id } = await placement(company, { pageUrl: `https://${fresh().toLowerCase()}.example/` });
      return { id };
    },
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/placements/${home.pagedId}/presence`,
        has: { placementId: home.pagedId },
        words: say("placements.presence.check"),
        change: { placementId: id },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM presence_requests WHERE placement_id = $1 AND reason = 'hand'", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "placement:retire": {
    target: (company) => placement(company),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/placements/${home.placementId}`,
        has: { placementId: home.placementId, reason: true },
        change: { placementId: id, reason: "자리를 옮깁니다." },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM placement_retirements WHERE placement_id = $1", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "symbol:upload": {
    target: async () => ({ bytes: picture().toString("base64") }),
    act: (who, { bytes = "" }) => {
      const file = { name: "시험 그림.png", type: "image/png", bytes: Buffer.from(bytes, "base64") };
      const { body, type } = multipart([
        ["kind", "symbol"],
        ["file", file],
      ]);
      const headers = { ...browserHeaders, "content-type": type };
      return who.ask("/placements/symbol/upload", { method: "POST", headers, body });
    },
    effect: async ({ bytes = "" }, answer) => {
      const sha256 = createHash("sha256").update(Buffer.from(bytes, "base64")).digest("hex");
      return (
        answer.status === 303 && (await count("SELECT count(*) n FROM consult_symbols WHERE sha256 = $1", sha256)) === 1
      );
    },
    ids: [],
    refusal: 403,
  },
} satisfies Partial<Record<Permission, Probe>>;
