"use client";

import { createContext } from "react";
import type { SilenceLevels } from "@/lib/calls/state";

/** From when silence is amber and red, as the page was told when it was loaded; null outside the dashboard. */
export const SilenceLevelsContext = createContext<SilenceLevels | null>(null);
