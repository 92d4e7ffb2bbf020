import { BlockList, isIPv6 } from "node:net";

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
