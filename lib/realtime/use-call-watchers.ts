"use client";

import { useSyncExternalStore } from "react";
import { presenceChannel } from "@/lib/realtime/channels";
import { useConnection } from "@/lib/realtime/use-connection";
import type { Watcher } from "@/lib/realtime/watcher";

const nobody: readonly Watcher[] = [];

/** Who else has this call open. Whoever asks is seen by the others. */
export function useCallWatchers(callId: string): readonly Watcher[] {
  const connection = useConnection();
  const channel = presenceChannel(callId);
  return useSyncExternalStore(
    (onChange) => connection.join(channel, { push: () => {}, refetch: onChange }),
    () => connection.getOthers(channel),
    () => nobody,
  );
}
