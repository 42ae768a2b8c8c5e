// From an address as somebody wrote it to the place it may be fetched from, with its IP addresses settled.
import { lookup, Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { type Allowed, isPublicAddress } from "./addresses";

export type Target = {
  url: URL;
  /** As TLS and Host name it: no brackets, no trailing dot. */
  host: string;
  port: number;
  /** Every one of them vetted; the connection goes to none other. */
  addresses: readonly string[];
};

/** All addresses of a name. `listed`: the operator named the host, so the machine's own hosts file counts too. */
export type Resolve = (host: string, listed: boolean, signal: AbortSignal) => Promise<readonly string[]>;

export type Refusal = "address" | "refused-address" | "unreachable";

const longest = 2_000;
/** Names that mean this machine or this network, whatever a resolver says. */
const localName = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|localdomain|arpa)$/;

/** Reads an address, or says why it is none of ours to call. */
export function readAddress(text: string, allowed: Allowed, base?: URL): Omit<Target, "addresses"> | Refusal {
  if (text.length > longest || !URL.canParse(text, base)) return "address";
  const url = new URL(text, base);
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return "address";
  url.hash = "";
  const bare = url.hostname.replace(/^\[|\]$/g, "");
  const host = bare.replace(/\.$/, "");
  if (host === "" || /(^|\.)(\.|$)/.test(host)) return "address";
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  if (allowed.host(host, port)) return { url, host, port };
  if (isIP(host) !== 0 || !host.includes(".") || localName.test(host)) return "refused-address";
  if (url.protocol !== "https:" || port !== 443) return "refused-address";
  return { url, host, port };
}

/** Settles where a name leads. One address that is not public refuses the name whole: it would be a way round. */
export async function settle(
  place: Omit<Target, "addresses">,
  allowed: Allowed,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<Target | Refusal> {
  const listed = allowed.host(place.host, place.port);
  if (isIP(place.host) !== 0) return { ...place, addresses: [place.host] };
  const addresses = await Promise.race([resolve(place.host, listed, signal), noneOnce(signal)]);
  if (addresses.length === 0) return "unreachable";
  const fits = (address: string) => listed || allowed.address(address) || isPublicAddress(address);
  return addresses.every(fits) ? { ...place, addresses } : "refused-address";
}

/** Nothing, as soon as the time is over: a resolver that hangs holds nobody up. */
function noneOnce(signal: AbortSignal): Promise<readonly string[]> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve([]), { once: true }));
}

/** Asks the name servers ourselves: getaddrinfo would hold one of the few threads that files are read with. */
export const resolveName: Resolve = async (host, listed, signal) => {
  const resolver = new Resolver({ timeout: 1_500, tries: 2 });
  const stop = () => resolver.cancel();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const none = (): string[] => [];
    const [four, six] = await Promise.all([resolver.resolve4(host).catch(none), resolver.resolve6(host).catch(none)]);
    const found = [...four, ...six];
    if (found.length > 0 || !listed) return found;
    return (await lookup(host, { all: true }).catch(() => [])).map(({ address }) => address);
  } finally {
    signal.removeEventListener("abort", stop);
  }
};
