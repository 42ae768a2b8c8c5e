// Who may call a hook, by address (field-facts 1.2: dealers do not sign; HTTPS and an IP allow list are what they offer).
import { BlockList, isIP } from "node:net";

/** An IPv4 or IPv6 address, or a CIDR range of them. */
export function isAddressRange(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || address.includes("%")) return false;
  return bits === undefined || (/^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** True when nothing is listed, or the address lies in one of the ranges. */
export function isAllowedFrom(ranges: readonly string[], address: string): boolean {
  if (ranges.length === 0) return true;
  const version = isIP(address);
  if (version === 0) return false;
  const list = new BlockList();
  for (const range of ranges) {
    const [from = "", bits] = range.split("/");
    const family = isIP(from) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(from, family);
    else list.addSubnet(from, Number(bits), family);
  }
  return list.check(address, version === 6 ? "ipv6" : "ipv4");
}
