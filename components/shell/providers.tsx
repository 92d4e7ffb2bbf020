"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { RoleContext } from "@/components/auth/role-context";
import { SilenceLevelsContext } from "@/components/calls/use-silence-levels";
import { RenderedAt } from "@/components/clock/clock";
import type { Role } from "@/lib/auth/roles";
import type { SilenceLevels } from "@/lib/calls/state";
import { ConnectionContext, createConnection } from "@/lib/realtime/client/connection";
import type { RealtimeSettings } from "@/lib/realtime/push";

interface RealtimeProviderProps {
  settings: RealtimeSettings;
  /** The viewer may not see numbers and names. */
  isMasked: boolean;
  children: ReactNode;
}

/** Holds the page's one connection to realtime. */
export function RealtimeProvider({ settings, isMasked, children }: RealtimeProviderProps) {
  const [connection] = useState(() => createConnection(settings, isMasked));
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

interface ProvidersProps {
  realtime: RealtimeSettings;
  /** Of whoever looks. */
  role: Role;
  /** Whoever looks sees no numbers and names. */
  isMasked: boolean;
  silenceLevels: SilenceLevels;
  /** Epoch ms. */
  renderedAt: number;
  children: ReactNode;
}

/** What every page of the dashboard stands in: the query cache, realtime, the clock. */
export function Providers({ role, realtime, isMasked, silenceLevels, renderedAt, children }: ProvidersProps) {
  const [queryClient] = useState(() => new QueryClient());
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
