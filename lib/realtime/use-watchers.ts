"use client";

import { useQuery } from "@tanstack/react-query";
import { boardChannel } from "@/lib/realtime/channels";
import { useChannel } from "@/lib/realtime/use-channel";
import type { Watchers } from "@/lib/realtime/watcher";
import { applyPushToWatchers, watchersQuery } from "@/lib/realtime/watchers-query";

const nobody: Watchers = {};

/** Who has which call open, by call id, for the board: kept current by pushes. */
export function useWatchers(): Watchers {
  useChannel(boardChannel, watchersQuery.queryKey, applyPushToWatchers);
  return useQuery(watchersQuery).data ?? nobody;
}
