import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/http/client";
import type { Applied } from "@/lib/live/apply";
import type { Push } from "@/lib/realtime/push";
import { type Watchers, watchersSchema } from "@/lib/realtime/watcher";

const answerSchema = z.object({ watchers: watchersSchema });

/** Who has which call open. Pushes keep it current, so it never goes stale by itself. */
export const watchersQuery = queryOptions({
  queryKey: ["watchers"],
  queryFn: async ({ signal }) => (await fetchJson("/api/watchers", answerSchema, signal)).watchers,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Who has which call open after a push: each says all of one call's. */
export function applyPushToWatchers(watchers: Watchers, push: Push): Applied<Watchers> {
  if (push.kind !== "watchers") return { next: watchers, stale: false };
  return { next: { ...watchers, [push.callId]: push.watchers }, stale: false };
}
