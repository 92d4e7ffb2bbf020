"use client";

import { useSyncExternalStore } from "react";
import { clock } from "@/components/clock/clock";
import { dayOf } from "@/lib/analytics/analytics";

/** The day it is in a zone, like "2026-08-31"; null where the zone is not known yet. Whoever calls this renders once a day. */
export function useToday(zone: string | null): string | null {
  return useSyncExternalStore(
    clock.watch,
    () => zone && dayOf(clock.getNow(), zone),
    () => null,
  );
}
