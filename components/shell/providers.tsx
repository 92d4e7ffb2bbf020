"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { RoleContext } from "@/components/auth/role-context";
import { SilenceLevelsContext } from "@/components/calls/use-silence-levels";
import { clock, RenderedAt } from "@/components/clock/clock";
import type { Role } from "@/lib/auth/roles";
import type { SilenceLevels } from "@/lib/calls/state";
import { ConnectionContext, createConnection } from "@/lib/realtime/client/connection";
import type { RealtimeSettings } from "@/lib/realtime/push";

interface RealtimeProviderProps {
  settings: RealtimeSettings;
  /** Whether the viewer sees masked numbers and names. */
  isMasked: boolean;
  children: ReactNode;
}

/** Provides the page's single connection to realtime. */
export function RealtimeProvider({ settings, isMasked, children }: RealtimeProviderProps) {
  const [connection] = useState(() => createConnection(settings, isMasked));
  useEffect(() => clock.watchSleep(connection.reconnect), [connection]);
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

/**
 * Requests are sent even if the browser thinks it is offline: Earshot may be on the local network, and a request that fails
 * says so, while one held back looks like a calm board.
 */
const networkMode = "always";
const queries = { networkMode, refetchOnReconnect: true } as const;

interface ProvidersProps {
  realtime: RealtimeSettings;
  /** The viewer's role. */
  role: Role;
  /** Whether the viewer sees masked numbers and names. */
  isMasked: boolean;
  silenceLevels: SilenceLevels;
  /** Epoch ms. */
  renderedAt: number;
  children: ReactNode;
}

/** Context of every dashboard page: the query cache, realtime, the clock. */
export function Providers({ role, realtime, isMasked, silenceLevels, renderedAt, children }: ProvidersProps) {
  const [queryClient] = useState(
    () => new QueryClient({ defaultOptions: { queries, mutations: { networkMode } } }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <RealtimeProvider settings={realtime} isMasked={isMasked}>
        <RenderedAt value={renderedAt}>
          <SilenceLevelsContext value={silenceLevels}>
            <RoleContext value={role}>{children}</RoleContext>
          </SilenceLevelsContext>
        </RenderedAt>
      </RealtimeProvider>
    </QueryClientProvider>
  );
}
