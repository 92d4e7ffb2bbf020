"use client";

import { use } from "react";
import type { Connection } from "@/lib/realtime/connection";
import { ConnectionContext } from "@/lib/realtime/connection-context";

/** The page's connection. Throws outside a RealtimeProvider. */
export function useConnection(): Connection {
  const connection = use(ConnectionContext);
  if (!connection) throw new Error("useConnection needs a RealtimeProvider above it.");
  return connection;
}
