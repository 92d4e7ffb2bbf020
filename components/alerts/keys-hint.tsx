"use client";

import { useAlertsContext } from "@/components/alerts/alerts-context";
import { Kbd } from "@/components/ui/kbd";

const keys = [
  ["j", "next"],
  ["k", "previous"],
  ["a", "acknowledge"],
  ["m", "take it"],
  ["s", "snooze"],
  ["e", "resolve"],
] as const;

/** The keys of the page, where there is a keyboard. */
export function KeysHint() {
  const { canAct } = useAlertsContext();
  const offered = canAct ? keys : keys.slice(0, 2);
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-1 text-muted text-xs max-sm:hidden">
      {offered.map(([key, does]) => (
        <span key={key} className="inline-flex items-center gap-1">
          <Kbd>{key}</Kbd> {does}
        </span>
      ))}
    </p>
  );
}
