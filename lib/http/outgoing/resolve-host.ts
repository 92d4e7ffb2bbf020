import "server-only";
import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isNamedHost } from "@/lib/http/outgoing/check-url";
import { isPublicAddress } from "@/lib/http/outgoing/is-public-address";
import { OutgoingRefused } from "@/lib/http/outgoing/outgoing-refused";

/** Every address of a host name. */
export type Resolver = (hostname: string) => Promise<LookupAddress[]>;

export const resolveByDns: Resolver = (hostname) => lookup(hostname, { all: true, order: "verbatim" });

/**
 * The addresses a URL's host may be connected to. One private address among public ones refuses them all: no honest name
 * has both.
 * @throws OutgoingRefused, or what the resolver throws
 */
export async function resolveHost(url: URL, resolve: Resolver): Promise<LookupAddress[]> {
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(hostname);
  const addresses = family ? [{ address: hostname, family }] : await resolve(hostname);
  const isAllowed = isNamedHost(url) || addresses.every(({ address }) => isPublicAddress(address));
  if (!isAllowed || addresses.length === 0) {
    throw new OutgoingRefused("address", "This host is not on the public internet (OUTGOING_ALLOWED_HOSTS).");
  }
  return addresses;
}
