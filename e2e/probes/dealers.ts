import { randomUUID } from "node:crypto";
import type { Permission } from "@/lib/auth/permissions";
import { createConnection } from "@/lib/dealers/commands/create-connection";
import type { Company } from "../harness-company";
import { freshId, opened, tell } from "../harness-hook";
import { count, type Probe, say, sendForm } from "./probe";

const admin = (home: Company) => home.people.CLIENT_ADMIN.caller;
const page = (home: Company) => `/dealers/${home.connectionId}`;

async function connection(company: Company): Promise<{ id: string; version: string }> {
  const { connectionId } = await createConnection(company.people.CLIENT_ADMIN.actor, {
    ...{ channelId: company.channelId, format: "canonical", allowedFrom: [], signed: false },
  });
  return { id: connectionId, version: "1" };
}

/** A connection whose dealer may be called, and its page: forms are taken from there. */
const callable = new Map<string, string>();
async function infobank(company: Company): Promise<string> {
  const { connectionId } = await createConnection(company.people.CLIENT_ADMIN.actor, {
    ...{ channelId: company.channelId, format: "infobank", allowedFrom: [], signed: false },
  });
  return connectionId;
}

export async function prepareDealers(company: Company): Promise<void> {
  callable.set(company.id, `/dealers/${await infobank(company)}`);
}

const tokens = (id: string | undefined) => count("SELECT count(*) n FROM dealer_tokens WHERE connection_id = $1", id);

export const dealerProbes = {
  "connection:read": {
    target: async (company) => ({ id: company.connectionId, marker: company.marker }),
    act: (who, { id }) => who.get(`/dealers/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(marker),
    ids: ["id"],
    refusal: 403,
  },
  "connection:create": {
    target: async (company) => ({ channelId: company.channelId, format: "infobank", allowedFrom: fresh4() }),
    act: (who, { channelId = "", format = "", allowedFrom = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: "/dealers/new",
        has: { channelId: true, format: true },
        change: { channelId, format, allowedFrom },
      }),
    effect: async ({ allowedFrom }) =>
      (await count("SELECT count(*) n FROM dealer_connections WHERE $1 = ANY(allowed_from)", allowedFrom)) === 1,
    ids: ["channelId"],
    refusal: 404,
  },
  "connection:edit": {
    target: async (company) => ({ ...(await connection(company)), allowedFrom: fresh4() }),
    act: (who, { id = "", version = "", allowedFrom = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: page(home),
        has: { allowedFrom: true },
        change: { connectionId: id, version, allowedFrom },
      }),
    effect: async ({ id, allowedFrom }) =>
      (await count(
        "SELECT count(*) n FROM dealer_connections WHERE id = $1 AND $2 = ANY(allowed_from)",
        id,
        allowedFrom,
      )) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "connection:call": {
    target: async (company) => ({ id: await infobank(company), key: randomUUID() }),
    act: (who, { id = "", key = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: callable.get(home.id) ?? "",
        has: { address: true, key: true },
        change: { connectionId: id, key },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM dealer_accesses WHERE connection_id = $1", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "connection:rotate": {
    target: (company) => connection(company),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: page(home),
        words: say("dealers.address.submit"),
        change: { connectionId: id },
      }),
    effect: async ({ id }, answer) => (await tokens(id)) === 2 && /\/hooks\/[A-Za-z0-9_-]{43}/.test(answer.text),
    ids: ["id"],
    refusal: 404,
  },
  "connection:close": {
    target: (company) => connection(company),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: page(home),
        words: say("dealers.close.submit"),
        change: { connectionId: id },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM dealer_connections WHERE id = $1 AND closed_at IS NOT NULL", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "set-aside:read": {
    target: async (company) => {
      await tell(company, { id: freshId(), type: "message.edited", onlyHere: company.marker });
      return { id: company.connectionId };
    },
    act: (who, { id }) => who.get(`/dealers/${id}`),
    effect: async (_target, answer) => answer.status === 200 && answer.text.includes("onlyHere"),
    ids: ["id"],
    refusal: 403,
    // They stand on the connection's page, which the same principals may read.
    asked: "connection:read",
  },
  "consult:read": {
    target: async (company) => {
      await tell(company, opened(company));
      return { marker: company.marker };
    },
    act: (who) => who.get("/monitor"),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`버튼 ${marker}`),
    ids: [],
    refusal: 403,
  },
} satisfies Partial<Record<Permission, Probe>>;

/** An address of the documentation's range that no other probe uses. */
function fresh4(): string {
  const byte = () => 1 + Math.floor(Math.random() * 250);
  return `198.${18 + (byte() % 2)}.${byte()}.${byte()}`;
}
