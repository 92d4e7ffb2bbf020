"use client";

import { use, useSyncExternalStore } from "react";
import { clock } from "@/components/clock/clock";
import { RenderedAt } from "@/components/clock/rendered-at";

/** Now, in epoch ms, to the second. Whoever calls this renders once a second: keep it in the smallest component. */
export function useNow(): number {
  const renderedAt = use(RenderedAt);
  return useSyncExternalStore(clock.watch, clock.getNow, () => renderedAt);
}
