import "server-only";
import { type BlockList, isIP, isIPv6 } from "node:net";
import { normalizeIP } from "@better-auth/core/utils/ip";
import { env } from "@/lib/env";
import { toBlockList } from "@/lib/http/server/addresses";
import { peerAddress } from "@/lib/http/server/peer-address";

/** Header in which the sign-in route passes the result of `clientAddress` to better-auth. */
export const clientAddressHeader = "x-earshot-client";

/** Facts about the deployment that decide which headers a client cannot forge. */
interface AddressSource {
  /** Vercel's edge overwrites its own headers, and nothing else reaches a function. */
  isVercel: boolean;
  /** Proxies whose X-Forwarded-For is trusted. */
  trustedProxies: BlockList;
}

let source: AddressSource | undefined;

/** Created on first use, because `next build` loads this without a checked environment. */
function ofThisServer(): AddressSource {
  source ??= { isVercel: Boolean(env.VERCEL), trustedProxies: toBlockList(env.TRUSTED_PROXIES) };
  return source;
}

/**
 * The address a request came from, or null if no trusted source gives it. Used for allowed addresses, rate limits and
 * the audit log.
 */
export function clientAddress(headers: Headers, from: AddressSource = ofThisServer()): string | null {
  return from.isVercel ? readVercel(headers) : readConnection(headers, from.trustedProxies);
}

/** Whether an address is in the ranges; an unknown one is in none. */
export function isWithin(ranges: BlockList, address: string | null): boolean {
  return address !== null && ranges.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

function readVercel(headers: Headers): string | null {
  return normalize(headers.get("x-vercel-forwarded-for")) ?? normalize(headers.get("x-real-ip"));
}

/** Each trusted proxy appends its peer's address on the right: the first that is not a trusted proxy is the client. */
function readConnection(headers: Headers, trustedProxies: BlockList): string | null {
  const forwarded = headers.get("x-forwarded-for")?.split(",").reverse() ?? [];
  let address = normalize(peerAddress(headers));
  for (const hop of forwarded) {
    if (!isWithin(trustedProxies, address)) break;
    address = normalize(hop);
  }
  return address;
}

/** Writes IPv6 with all groups and IPv4-mapped IPv6 as IPv4; null for anything that is not an address. */
function normalize(written: string | null): string | null {
  const address = written?.trim().split("%")[0] ?? "";
  return isIP(address) === 0 ? null : normalizeIP(address, { ipv6Subnet: 128 });
}
