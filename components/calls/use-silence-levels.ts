"use client";

import { createContext, use } from "react";
import type { SilenceLevels } from "@/lib/calls/state";

/** From when silence is amber and red, as the page was told when it was loaded; null outside the dashboard. */
export const SilenceLevelsContext = createContext<SilenceLevels | null>(null);

/** From when silence is amber and red. Throws outside the dashboard's Providers. */
export function useSilenceLevels(): SilenceLevels {
  const levels = use(SilenceLevelsContext);
  if (!levels) throw new Error("useSilenceLevels needs the dashboard's Providers above it.");
  return levels;
}
