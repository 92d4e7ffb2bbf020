import type { Alert } from "@/lib/alerts/alert";
import type { ActsState } from "@/lib/alerts/alert-acts";

/**
 * Two states of one alert as one, whichever came first: what happened by the newer version of the call, what people did by
 * the newer version of their acts. Commutative and idempotent.
 */
export function joinAlert(a: Alert, b: Alert): Alert {
  const acts = newerActs(a.acts, b.acts);
  const happened = isNewer(a, b) ? a : b;
  return happened.acts === acts ? happened : { ...happened, acts };
}

/** At one version the call's clock tells: what has closed, or began earlier, was said with more knowledge. */
function isNewer(a: Alert, b: Alert): boolean {
  if (a.callVersion !== b.callVersion) return a.callVersion > b.callVersion;
  return rank(a) >= rank(b);
}

function rank({ closedAt, openedAt, hangs }: Alert): string {
  return `${closedAt ?? ""} ${hangs} ${openedAt}`;
}

/** At one version the one with more in it: an optimistic act is shown until the server has answered. */
function newerActs(a: ActsState, b: ActsState): ActsState {
  return a.version > b.version || (a.version === b.version && a.log.length >= b.log.length) ? a : b;
}
