"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Applied } from "@/lib/live/apply";
import { createQueryFeed } from "@/lib/realtime/create-query-feed";
import type { Push } from "@/lib/realtime/push";
import { useConnection } from "@/lib/realtime/use-connection";

/** Keeps one entry of the query cache current by a channel's pushes while mounted. The only effect for realtime. */
export function useChannel<T>(
  channel: string,
  queryKey: QueryKey,
  apply: (data: T, push: Push) => Applied<T>,
): void {
  const connection = useConnection();
  const queryClient = useQueryClient();
  useEffect(() => {
    const feed = createQueryFeed(queryClient, queryKey, apply);
    const leave = connection.join(channel, feed);
    return () => {
      leave();
      feed.stop();
    };
  }, [connection, queryClient, channel, queryKey, apply]);
}
