import "server-only";
import { env } from "@/lib/env";
import { OutgoingRefused } from "@/lib/http/outgoing/outgoing-refused";

/** Whether OUTGOING_ALLOWED_HOSTS names this host, with or without its port: then it may be private, and plain HTTP. */
export function isNamedHost({ host, hostname }: URL): boolean {
  return env.OUTGOING_ALLOWED_HOSTS.some((name) => name === host || name === hostname);
}

/**
 * Checks what can be told from a URL itself.
 * @param hosts where the caller means to go (`hooks.slack.com`, `*.vapi.ai`); null: anywhere public
 * @throws OutgoingRefused
 */
export function checkUrl(url: URL, hosts: readonly string[] | null): void {
  const isNamed = isNamedHost(url);
  if (url.protocol !== "https:" && !(isNamed && url.protocol === "http:")) {
    throw new OutgoingRefused("scheme", "Only https:// is fetched.");
  }
  if (url.username || url.password)
    throw new OutgoingRefused("scheme", "A URL with a password is not fetched.");
  if (hosts && !isNamed && !hosts.some((host) => isHost(url.hostname, host))) {
    throw new OutgoingRefused("host", "This host is none of those that may be asked.");
  }
}

function isHost(hostname: string, pattern: string): boolean {
  return pattern.startsWith("*.") ? hostname.endsWith(pattern.slice(1)) : hostname === pattern;
}
