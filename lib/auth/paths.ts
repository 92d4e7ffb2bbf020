import { toLocalPath } from "@/lib/http/to-local-path";

/** Where proxy.ts tells pages what was asked for; a page cannot know its own query otherwise. */
export const requestedPathHeader = "x-earshot-path";

/** The sign-in page, which leads back to where somebody wanted to go. */
export function signInPath(wanted: string | null): "/sign-in" | `/sign-in?next=${string}` {
  const next = toLocalPath(wanted);
  return next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}

/** In front of the names of our cookies. */
export const cookiePrefix = "earshot";
