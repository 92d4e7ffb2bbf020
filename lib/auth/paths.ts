import { toLocalPath } from "@/lib/http/to-local-path";

/** Where proxy.ts tells pages what was asked for; a page cannot know its own query otherwise. */
export const requestedPathHeader = "x-earshot-path";

/** The sign-in page, which leads back to where somebody wanted to go. */
export function signInPath(wanted: string | null): "/sign-in" | `/sign-in?next=${string}` {
  const next = toLocalPath(wanted);
  return next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}

/**
 * What the names of our cookies begin with. Browsers share cookies between the ports of a host, so two Earshots on one
 * machine would sign each other's people out: a port in APP_URL is part of the name.
 */
export function cookiePrefix(appUrl: string): string {
  const { port } = new URL(appUrl);
  return port === "" ? "earshot" : `earshot-${port}`;
}
