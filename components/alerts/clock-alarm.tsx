"use client";

import { useQuery } from "@tanstack/react-query";
import { useAlarm } from "@/components/alerts/use-alarm";
import { useNow } from "@/components/clock/use-now";
import { alertRulesQuery } from "@/lib/alerts/queries";
import { toClockAlert } from "@/lib/alerts/rules";
import type { Call } from "@/lib/calls/call";

/**
 * Rings for silence as soon as this browser's own clock calls it an alert, and does not wait for the server's, whose word of
 * it has the same id and rings no more. Shows nothing; ticks.
 */
export function ClockAlarm({ calls }: { calls: readonly Call[] }) {
  const { data: rules } = useQuery(alertRulesQuery);
  const now = useNow();
  useAlarm(rules ? calls.flatMap((call) => toClockAlert(call, rules, now) ?? []) : null);
  return null;
}
