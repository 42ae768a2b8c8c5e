// Whose address a request comes from: the socket's peer, or what a configured proxy says (trust.md P-07).
import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/** Tells whether a peer is one of TRUSTED_PROXIES (addresses or CIDR ranges). */
export type Proxies = { includes: (address: string) => boolean };

export function proxyList(ranges: readonly string[]): Proxies {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return {
    includes: (address) => {
      const version = isIP(address);
      return version !== 0 && list.check(address, version === 6 ? "ipv6" : "ipv4");
    },
  };
}

/** The peer's address, IPv4 in IPv6 unwrapped, without a zone. */
export function peerAddress(request: IncomingMessage): string {
  return plainAddress(request.socket.remoteAddress ?? "");
}

/** Walks X-Forwarded-For from the right past every trusted proxy; the first other address is the client's. */
export function clientAddress(peer: string, forwardedFor: string | undefined, proxies: Proxies): string {
  let client = peer;
  const hops = (forwardedFor ?? "").split(",").map((hop) => plainAddress(hop.trim()));
  for (let at = hops.length - 1; at >= 0 && proxies.includes(client); at -= 1) {
    const hop = hops[at] ?? "";
    if (isIP(hop) === 0) break;
    client = hop;
  }
  return client;
}

function plainAddress(text: string): string {
  const bare = text.replace(/^\[(.*)\](?::\d+)?$/, "$1").replace(/%.*$/, "");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped) return mapped;
  return /^\d+\.\d+\.\d+\.\d+:\d+$/.test(bare) ? bare.slice(0, bare.indexOf(":")) : bare;
}
