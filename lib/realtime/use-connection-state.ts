"use client";

import { useSyncExternalStore } from "react";
import type { ConnectionState } from "@/lib/realtime/connection";
import { useConnection } from "@/lib/realtime/use-connection";

const atFirst: ConnectionState = { status: "connecting" };

/** How the page is connected right now. Mounting it is what opens the connection. */
export function useConnectionState(): ConnectionState {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.getState, () => atFirst);
}
