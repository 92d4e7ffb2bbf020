"use client";

import { useQuery } from "@tanstack/react-query";
import type { ConversationDetail } from "@/lib/conversations/conversation";
import { conversationQuery } from "@/lib/conversations/queries";
import { applyPushToConversation } from "@/lib/live/apply";
import { usePollInterval } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { conversationChannel } from "@/lib/realtime/push";

/** One conversation, kept current by pushes, or by polling while there are none. */
export function useConversation(uuid: string) {
  const query = conversationQuery(uuid);
  useChannel<ConversationDetail>(conversationChannel(uuid), query.queryKey, applyPushToConversation);
  return useQuery({ ...query, refetchInterval: usePollInterval() });
}
