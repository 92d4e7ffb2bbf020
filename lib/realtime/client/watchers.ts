"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import * as z from "zod";
import { fetchJson } from "@/lib/http/client";
import type { Applied } from "@/lib/live/apply";
import { useConnection } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import {
  boardChannel,
  type Push,
  presenceChannel,
  type Watcher,
  type Watchers,
  watchersSchema,
} from "@/lib/realtime/push";

const noPeople: readonly Watcher[] = [];

/** Other people who have this call open. The current person becomes visible to them. */
export function useCallWatchers(callId: string): readonly Watcher[] {
  const connection = useConnection();
  const channel = presenceChannel(callId);
  return useSyncExternalStore(
    (onChange) => connection.join(channel, { push: () => {}, refetch: onChange }),
    () => connection.getOthers(channel),
    () => noPeople,
  );
}

const answerSchema = z.object({ watchers: watchersSchema });

/** People who have each call open. Pushes keep it current, so it never goes stale by itself. */
const watchersQuery = queryOptions({
  queryKey: ["watchers"],
  queryFn: async ({ signal }) => (await fetchJson("/api/watchers", answerSchema, signal)).watchers,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Applies a push, which lists everyone who has one call open. */
function applyPushToWatchers(watchers: Watchers, push: Push): Applied<Watchers> {
  if (push.kind !== "watchers") return { next: watchers, stale: false };
  return { next: { ...watchers, [push.callId]: push.watchers }, stale: false };
}

const noWatchers: Watchers = {};

/** People who have each call open, by call id, for the board; kept current by pushes. */
export function useWatchers(): Watchers {
  useChannel(boardChannel, watchersQuery.queryKey, applyPushToWatchers);
  return useQuery(watchersQuery).data ?? noWatchers;
}
