"use client";

import { hashKey, type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Applied } from "@/lib/live/apply";
import { useConnection } from "@/lib/realtime/client/connection";
import type { ChannelListener } from "@/lib/realtime/client/connection-types";
import type { Push } from "@/lib/realtime/push";

/**
 * A single push reaches the cache, and so the screen, at once; pushes within this time after it are applied together,
 * so that a busy board renders at most 25 times a second.
 */
const windowMs = 40;

/**
 * Feeds a channel's pushes into one entry of the query cache. Pushes that arrive during a fetch are applied again to
 * its result, which may be older than they are.
 * @param onAnswer called with its hash when a fetch of the entry has succeeded, whatever caused it
 */
export function createQueryFeed<T>(
  client: QueryClient,
  queryKey: QueryKey,
  apply: (data: T, push: Push) => Applied<T>,
  onAnswer: (queryHash: string) => void = () => {},
): ChannelListener & { stop: () => void } {
  let waiting: Push[] = [];
  let duringFetch: Push[] = [];
  let wantsRefetch = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushedAt = Number.NEGATIVE_INFINITY;

  const isFetching = () => client.getQueryState(queryKey)?.fetchStatus === "fetching";

  function refetch() {
    if (isFetching()) wantsRefetch = true;
    else void client.invalidateQueries({ queryKey, exact: true });
  }

  /** Applies pushes to the cached data, if there is any; returns whether that data must be refetched. */
  function applyAll(pushes: readonly Push[]): boolean {
    let isStale = false;
    const known = client.getQueryData<T>(queryKey);
    if (known === undefined || pushes.length === 0) return false;
    const data = pushes.reduce<T>((before, push) => {
      const { next, stale } = apply(before, push);
      isStale ||= stale;
      return next;
    }, known);
    if (data !== known) client.setQueryData(queryKey, data);
    return isStale;
  }

  function flush() {
    const pushes = waiting;
    waiting = [];
    timer = undefined;
    flushedAt = performance.now();
    const isStale = applyAll(pushes);
    if (isFetching()) duringFetch.push(...pushes);
    else if (isStale) refetch();
  }

  function afterFetch() {
    const pushes = duringFetch;
    duringFetch = [];
    const isStale = applyAll(pushes);
    if (isStale || wantsRefetch) refetch();
    wantsRefetch = false;
  }

  const hash = hashKey(queryKey);
  const unsubscribe = client.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.query.queryHash !== hash) return;
    const { action } = event;
    const isAnswer = action.type === "success" && !action.manual;
    if (isAnswer) onAnswer(hash);
    if (isAnswer || action.type === "error") afterFetch();
  });

  return {
    refetch,
    push(push) {
      waiting.push(push);
      // Never synchronously, so that the pushes of one event are applied together.
      timer ??= setTimeout(flush, Math.max(0, flushedAt + windowMs - performance.now()));
    },
    stop() {
      unsubscribe();
      clearTimeout(timer);
    },
  };
}

/** Applies a channel's pushes to one entry of the query cache while mounted. The only effect for realtime. */
export function useChannel<T>(
  channel: string,
  queryKey: QueryKey,
  apply: (data: T, push: Push) => Applied<T>,
): void {
  const connection = useConnection();
  const queryClient = useQueryClient();
  useEffect(() => {
    const feed = createQueryFeed(queryClient, queryKey, apply, connection.recordAnswer);
    const leave = connection.join(channel, feed);
    return () => {
      leave();
      feed.stop();
    };
  }, [connection, queryClient, channel, queryKey, apply]);
}
