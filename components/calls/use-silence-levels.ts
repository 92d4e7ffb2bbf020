"use client";

import { createContext, use } from "react";
import type { SilenceLevels } from "@/lib/calls/state";

/** Thresholds of amber and red silence, as of page load; null outside the dashboard. */
export const SilenceLevelsContext = createContext<SilenceLevels | null>(null);

/** Thresholds of amber and red silence. Throws outside the dashboard's Providers. */
export function useSilenceLevels(): SilenceLevels {
  const levels = use(SilenceLevelsContext);
  if (!levels) throw new Error("useSilenceLevels needs the dashboard's Providers above it.");
  return levels;
}
