// A stand-in on this machine and a client of it, for tests; what was opened is closed after each.
import type { Server } from "node:http";
import { afterEach } from "vitest";
import { type DealerClient, dealerClient } from "@/lib/dealers/client/client";
import type { StandIn } from "@/lib/dealers/stand-in/stand-in";
import { allowedFrom } from "@/lib/outbound/addresses";
import { callService } from "@/lib/outbound/call";
import { serveStandIn } from "./dealer";

export const senderKey = "0123456789abcdef0123456789abcdef01234567";
export const credentials = { id: "hangyeol", key: "k-1" };
export const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

export type Format = "happytalk" | "infobank";
export type Stage = { client: DealerClient; standIn: StandIn; address: string; waited: number[] };

export async function stage(
  format: Format,
  own: Partial<{ senderKey: string; key: string; hookBase: string }> = {},
): Promise<Stage> {
  const { server, standIn, address } = await serveStandIn(
    {
      ...{ format, senderKey, credentials, hookBase: own.hookBase ?? "" },
      ...{ name: "한결생활", searchId: "@hangyeol", committalCompany: "주식회사 한결생활" },
    },
    0,
  );
  servers.push(server);
  const allowed = allowedFrom([new URL(address).host]);
  const waited: number[] = [];
  const access = {
    format,
    address,
    senderKey: own.senderKey ?? senderKey,
    credentials: { ...credentials, key: own.key ?? credentials.key },
  };
  const client = dealerClient(access, {
    call: (at, call) => callService(at, call, { allowed }),
    wait: async (ms) => {
      waited.push(ms);
    },
  });
  return { client, standIn, address, waited };
}
