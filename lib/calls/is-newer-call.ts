import type { Call } from "@/lib/calls/call";

/**
 * Does `a` know more of the call than `b`? Partials move `lastEventAt` without a new version,
 * so equal versions are told apart by it. ISO strings of one shape compare like the times they name.
 */
export function isNewerCall(a: Call, b: Call): boolean {
  return a.version === b.version ? a.lastEventAt > b.lastEventAt : a.version > b.version;
}
