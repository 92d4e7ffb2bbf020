import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { callListSchema } from "@/lib/calls/list";
import { conversationDetailSchema, conversationListSchema } from "@/lib/conversations/conversation";
import { conversationVersionSchema, versionListSchema } from "@/lib/conversations/versions";
import { eventsQuery } from "@/lib/events/queries";
import { fetchJson, RequestFailed } from "@/lib/http/client";

/** The newest calls of a conversation. */
export function conversationCallsQuery(uuid: string) {
  return queryOptions({
    queryKey: ["conversations", "calls", uuid],
    queryFn: async ({ signal }) => {
      const { calls } = await fetchJson(`/api/calls?conversationId=${uuid}`, callListSchema, signal);
      return { uuid, calls };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The events sent to a conversation's URL, newest first; refetched every ten seconds. */
export function conversationEventsQuery(uuid: string) {
  const search = { type: "", outcome: "", callId: "", conversation: uuid, last: "", from: "", to: "" };
  return { ...eventsQuery(search), staleTime: 10_000, refetchInterval: 10_000 };
}

const answerSchema = z.object({ conversation: conversationDetailSchema });

/** One conversation. Pushes keep it current (lib/live/apply.ts), so it never goes stale by itself. */
export function conversationQuery(uuid: string) {
  return queryOptions({
    queryKey: ["conversations", "detail", uuid],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/api/conversations/${uuid}`, answerSchema, signal)).conversation,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Conversations, most recently active first, a page at a time. @param q search text */
export function conversationsQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: ["conversations", "list", q],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ ...(q && { q }), ...(pageParam && { cursor: pageParam }) });
      return fetchJson(`/api/conversations?${query}`, conversationListSchema, signal);
    },
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** Whether the request failed because the conversation was deleted. */
export function isNotFound(error: Error | null): boolean {
  return error instanceof RequestFailed && error.status === 404;
}

const versionAnswerSchema = z.object({ version: conversationVersionSchema });

/** One version of a context. It never changes. */
export function versionQuery(uuid: string, version: number) {
  return queryOptions({
    queryKey: ["conversations", "version", uuid, version],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/api/conversations/${uuid}/versions/${version}`, versionAnswerSchema, signal))
        .version,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A context's history, newest first, a page at a time. @param version the current one, so that a new version refetches it */
export function versionsQuery(uuid: string, version: number) {
  return infiniteQueryOptions({
    queryKey: ["conversations", "versions", uuid, version],
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === null ? "" : `?before=${pageParam}`;
      return fetchJson(`/api/conversations/${uuid}/versions${query}`, versionListSchema, signal);
    },
    initialPageParam: null as number | null, // Otherwise inferred as null only.
    getNextPageParam: ({ nextBefore }) => nextBefore,
  });
}
