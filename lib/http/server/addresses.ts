import "server-only";
import { BlockList, isIPv4, isIPv6 } from "node:net";

/**
 * Converts address ranges to a form that is fast to query: `list.check(address, family)`. IPv4 addresses written as
 * IPv6 (`::ffff:10.0.0.1`) count as IPv4.
 * @param ranges addresses or CIDR ranges, IPv4 and IPv6
 * @throws when one is neither
 */
export function toBlockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", prefix] = range.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/**
 * Ranges that IANA's registries of special-purpose addresses exclude from the public internet, including this host,
 * private networks, link-local and the metadata services of clouds (169.254.169.254, 100.100.100.200, 192.0.0.192).
 */
const specialV4 = toBlockList([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
  // Azure's host agent is reachable at this otherwise public address from every virtual machine.
  "168.63.129.16",
]);

/** For IPv6 the public part is listed: only global unicast, without 6to4 and Teredo, which lead to IPv4 addresses. */
const globalV6 = toBlockList(["2000::/3"]);
const specialV6 = toBlockList(["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);

const mappedV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Whether an address is on the public internet; false for ours, for our network's, and for anything not an address. */
export function isPublicAddress(address: string): boolean {
  const v4 = mappedV4.exec(address)?.[1] ?? address;
  if (isIPv4(v4)) return !specialV4.check(v4, "ipv4");
  return isIPv6(v4) && globalV6.check(v4, "ipv6") && !specialV6.check(v4, "ipv6");
}
