import "server-only";
import { type BlockList, isIP, isIPv6 } from "node:net";
import { normalizeIP } from "@better-auth/core/utils/ip";
import { env } from "@/lib/env";
import { toBlockList } from "@/lib/http/server/addresses";
import { peerAddress } from "@/lib/http/server/peer-address";

/** Where the sign-in route tells better-auth what `clientAddress` has found. */
export const clientAddressHeader = "x-earshot-client";

/** Where Earshot runs decides which headers a client cannot write. */
export interface AddressSource {
  /** Vercel's edge overwrites its own headers, and nothing else reaches a function. */
  isVercel: boolean;
  /** Proxies whose X-Forwarded-For is believed. */
  trustedProxies: BlockList;
}

let source: AddressSource | undefined;

/** Made on first use, because `next build` loads this without a checked environment. */
function ofThisServer(): AddressSource {
  source ??= { isVercel: Boolean(env.VERCEL), trustedProxies: toBlockList(env.TRUSTED_PROXIES) };
  return source;
}

/**
 * The address a request came from, or null when nothing says so that can be believed. For allowed addresses, limits and
 * the audit log alike.
 */
export function clientAddress(headers: Headers, from: AddressSource = ofThisServer()): string | null {
  return from.isVercel ? readVercel(headers) : readConnection(headers, from.trustedProxies);
}

/** Whether an address is in the ranges; one that is not known is in none. */
export function isWithin(ranges: BlockList, address: string | null): boolean {
  return address !== null && ranges.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

function readVercel(headers: Headers): string | null {
  return normalize(headers.get("x-vercel-forwarded-for")) ?? normalize(headers.get("x-real-ip"));
}

/** Each trusted proxy has added who it was asked by, on the right: the first that is no trusted one is the client. */
function readConnection(headers: Headers, trustedProxies: BlockList): string | null {
  const forwarded = headers.get("x-forwarded-for")?.split(",").reverse() ?? [];
  let address = normalize(peerAddress(headers));
  for (const hop of forwarded) {
    if (!isWithin(trustedProxies, address)) break;
    address = normalize(hop);
  }
  return address;
}

/** IPv6 with all groups written out, IPv4 written as IPv6 as IPv4; null for what is no address. */
function normalize(written: string | null): string | null {
  const address = written?.trim().split("%")[0] ?? "";
  return isIP(address) === 0 ? null : normalizeIP(address, { ipv6Subnet: 128 });
}
