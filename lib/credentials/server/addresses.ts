import { isIPv4 } from "node:net";

/**
 * The network an address is in, coarse enough to name nobody: a /24 of IPv4, a /48 of IPv6.
 * @param address an IPv4 address, or an IPv6 one with all its groups written out
 */
export function toAddressRange(address: string): string {
  if (isIPv4(address)) return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  const groups = address.split(":").slice(0, 3);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/48`;
}
