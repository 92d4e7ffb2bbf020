import "server-only";
import { type BlockList, isIPv6 } from "node:net";
import { getIP } from "better-auth/api";
import { addressRules } from "@/lib/auth/client-address";

/** Where a delivery came from, to the last bit; null when no header can be believed (lib/auth/client-address.ts). */
export function sourceAddress(headers: Headers): string | null {
  return getIP(headers, { advanced: { ipAddress: { ...addressRules, ipv6Subnet: 128 } } });
}

/** Whether an address is in the ranges; one that is not known is in none. */
export function isWithin(ranges: BlockList, address: string | null): boolean {
  return address !== null && ranges.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
