"use client";

import { useAlertsContext } from "@/components/alerts/alerts-context";
import { useNow } from "@/components/clock/clock";
import type { OperatorAction } from "@/lib/control/action";
import { describeAction, describeOngoing } from "@/lib/control/describe";

/** How long colleagues see a finished action at the top. */
const freshMs = 8_000;

/** Colleagues' current actions on the call, so that two people do not get in each other's way. */
export function ActingNow({ actions }: { actions: readonly OperatorAction[] }) {
  const { me } = useAlertsContext();
  const now = useNow();
  const fresh = actions.filter(
    ({ by, at, outcome }) => by.id !== me.id && (outcome === "pending" || now - Date.parse(at) < freshMs),
  );
  return (
    <ul aria-label="Colleagues on this call" aria-live="polite">
      {fresh.map((action) => (
        <li
          key={action.id}
          dir="auto"
          className="wrap-anywhere border-line border-b bg-accent-soft px-3 py-1.5 text-xs sm:px-4"
        >
          {action.outcome === "pending" ? `${describeOngoing(action)} …` : describeAction(action)}
        </li>
      ))}
    </ul>
  );
}
