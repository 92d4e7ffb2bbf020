"use client";

import { use } from "react";
import { SilenceLevelsContext } from "@/components/calls/silence-levels-context";
import type { SilenceLevels } from "@/lib/calls/state";

/** From when silence is amber and red. Throws outside the dashboard's Providers. */
export function useSilenceLevels(): SilenceLevels {
  const levels = use(SilenceLevelsContext);
  if (!levels) throw new Error("useSilenceLevels needs the dashboard's Providers above it.");
  return levels;
}
