import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { conversationVersionSchema } from "@/lib/conversations/conversation-version";
import { fetchJson } from "@/lib/http/fetch-json";

const answerSchema = z.object({ version: conversationVersionSchema });

/** One version of a context. It never changes. */
export function versionQuery(uuid: string, version: number) {
  return queryOptions({
    queryKey: ["conversations", "version", uuid, version],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/api/conversations/${uuid}/versions/${version}`, answerSchema, signal)).version,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
