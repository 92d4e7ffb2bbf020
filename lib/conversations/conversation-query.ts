import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { conversationDetailSchema } from "@/lib/conversations/conversation";
import { fetchJson } from "@/lib/http/fetch-json";

const answerSchema = z.object({ conversation: conversationDetailSchema });

/** One conversation. Pushes keep it current (apply-push-to-conversation.ts), so it never goes stale by itself. */
export function conversationQuery(uuid: string) {
  return queryOptions({
    queryKey: ["conversations", "detail", uuid],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/api/conversations/${uuid}`, answerSchema, signal)).conversation,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
