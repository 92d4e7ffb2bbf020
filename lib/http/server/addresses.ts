import "server-only";
import { BlockList, isIPv4, isIPv6 } from "node:net";

/**
 * Address ranges in a form that is quick to ask: `list.check(address, family)`. IPv4 addresses written as IPv6
 * (`::ffff:10.0.0.1`) count as IPv4.
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
 * What IANA's registries of special-purpose addresses keep from the public internet, this host, private networks,
 * link-local and the metadata services of clouds (169.254.169.254, 100.100.100.200, 192.0.0.192) among it.
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
  // Azure's host agent answers every virtual machine at this otherwise public address.
  "168.63.129.16",
]);

/** IPv6 is turned round: only global unicast is public, and not all of it: 6to4 and Teredo lead to IPv4 addresses. */
const globalV6 = toBlockList(["2000::/3"]);
const specialV6 = toBlockList(["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);

const mappedV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Whether an address is one anybody on the internet has, rather than ours, our network's or nobody's; or none at all. */
export function isPublicAddress(address: string): boolean {
  const v4 = mappedV4.exec(address)?.[1] ?? address;
  if (isIPv4(v4)) return !specialV4.check(v4, "ipv4");
  return isIPv6(v4) && globalV6.check(v4, "ipv6") && !specialV6.check(v4, "ipv6");
}
