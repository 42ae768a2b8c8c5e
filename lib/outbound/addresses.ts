// Which addresses the portal may call: public ones, and what the operator lists in DAMSO_OUTBOUND_ALLOW.
import { BlockList, isIP } from "node:net";

/** Not the public Internet (IANA special-purpose registries of IPv4 and IPv6, RFC 6890 and its successors). */
const special4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"],
  ...["192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
];
/** What carries an IPv4 address inside (mapped, NAT64, 6to4, Teredo) is refused whole: nobody publishes a site there. */
const special6 = [
  ...["::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64"],
  ...["2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7"],
  ...["fe80::/10", "fec0::/10", "ff00::/8"],
];

type Family = "ipv4" | "ipv6";

const familyOf = (address: string): Family | null => {
  const version = isIP(address);
  return version === 4 ? "ipv4" : version === 6 && !address.includes("%") ? "ipv6" : null;
};

/** One list per family: a list with ::ffff:0:0/96 in it would match every IPv4 address. */
function listOf(ranges: readonly string[], family: Family): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    if (familyOf(address) !== family) continue;
    list.addSubnet(address, bits === undefined ? (family === "ipv4" ? 32 : 128) : Number(bits), family);
  }
  return list;
}

const special = { ipv4: listOf(special4, "ipv4"), ipv6: listOf(special6, "ipv6") };

/** Whether an IP address is one of the public Internet; what is no address is none. */
export function isPublicAddress(address: string): boolean {
  const family = familyOf(address);
  return family !== null && !special[family].check(address, family);
}

/** What the operator lists besides the public Internet. */
export type Allowed = {
  /** Host names and bare addresses with the port they are bound to; null: any port. */
  host(name: string, port: number): boolean;
  address(address: string): boolean;
};

/** Reads DAMSO_OUTBOUND_ALLOW: `host`, `host:port`, an IP address (`[v6]:port` with its port) or a CIDR range. */
export function allowedFrom(items: readonly string[]): Allowed {
  const names = items.map(nameAndPort);
  const ranges = items.filter((item) => familyOf(item.split("/")[0] ?? "") !== null);
  const lists = { ipv4: listOf(ranges, "ipv4"), ipv6: listOf(ranges, "ipv6") };
  const address = (text: string) => {
    const family = familyOf(text);
    return family !== null && lists[family].check(text, family);
  };
  return {
    host: (name, port) =>
      address(name) || names.some((item) => item.name === name && (item.port === null || item.port === port)),
    address,
  };
}

function nameAndPort(item: string): { name: string; port: number | null } {
  const found = /^\[?(.*?)\]?(?::(\d{1,5}))?$/.exec(familyOf(item) === "ipv6" ? `[${item}]` : item);
  return { name: (found?.[1] ?? item).toLowerCase(), port: found?.[2] === undefined ? null : Number(found[2]) };
}
