"use client";

import { type ReactNode, useState } from "react";
import { ConnectionContext, createConnection } from "@/lib/realtime/client/connection";
import type { RealtimeSettings } from "@/lib/realtime/push";

interface RealtimeProviderProps {
  settings: RealtimeSettings;
  /** Whoever looks may not see numbers and names. */
  isMasked: boolean;
  children: ReactNode;
}

/** Holds the page's one connection to realtime. */
export function RealtimeProvider({ settings, isMasked, children }: RealtimeProviderProps) {
  const [connection] = useState(() => createConnection(settings, isMasked));
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}
