import "server-only";
import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { env } from "@/lib/env";
import { isPublicAddress } from "@/lib/http/server/addresses";

/** Why a request was not sent, or its response not accepted. */
type RefusedBecause = "scheme" | "host" | "address" | "redirects" | "size";

/** A request that our own rules forbid. The message contains no address and no path. */
export class OutgoingRefused extends Error {
  override name = "OutgoingRefused";
  readonly because: RefusedBecause;

  constructor(because: RefusedBecause, message: string) {
    super(message);
    this.because = because;
  }
}

/** Whether OUTGOING_ALLOWED_HOSTS lists this host, with or without its port: it may then be private, and use plain HTTP. */
function isNamedHost({ host, hostname }: URL): boolean {
  return env.OUTGOING_ALLOWED_HOSTS.some((name) => name === host || name === hostname);
}

/**
 * Checks a URL before its host is resolved.
 * @param hosts hosts that may be contacted (`hooks.slack.com`, `*.vapi.ai`); null for any public one
 * @throws OutgoingRefused
 */
export function checkUrl(url: URL, hosts: readonly string[] | null): void {
  const isNamed = isNamedHost(url);
  if (url.protocol !== "https:" && !(isNamed && url.protocol === "http:")) {
    throw new OutgoingRefused("scheme", "Only https:// URLs are allowed.");
  }
  if (url.username || url.password)
    throw new OutgoingRefused("scheme", "URLs with a password are not allowed.");
  if (hosts && !isNamed && !hosts.some((host) => isHost(url.hostname, host))) {
    throw new OutgoingRefused("host", "This host is not allowed.");
  }
}

function isHost(hostname: string, pattern: string): boolean {
  return pattern.startsWith("*.") ? hostname.endsWith(pattern.slice(1)) : hostname === pattern;
}

/** Returns all addresses of a host name. */
export type Resolver = (hostname: string) => Promise<LookupAddress[]>;

export const resolveByDns: Resolver = (hostname) => lookup(hostname, { all: true, order: "verbatim" });

/**
 * Returns the addresses that a URL's host may be connected to. One private address among public ones rejects them all,
 * because no legitimate name has both.
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
