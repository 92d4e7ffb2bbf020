"use client";

import { createContext } from "react";
import type { Connection } from "@/lib/realtime/connection";

/** The page's connection; null outside the dashboard. */
export const ConnectionContext = createContext<Connection | null>(null);
