import "server-only";
import { sql } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import type { ConversationSummary } from "@/lib/conversations/conversation";

/** What a list reads of a conversation. */
export const conversationColumns = {
  uuid: conversations.id,
  name: conversations.name,
  version: conversations.version,
  answer: conversations.answer,
  createdAt: conversations.createdAt,
  lastCallAt: conversations.lastCallAt,
  // Spelled out: drizzle leaves the table away from a column where a select has but one.
  calls: sql<number>`(select count(*)::int from ${calls} as c where c.conversation_id = ${conversations}.id)`,
};

type Row = Omit<ConversationSummary, "createdAt" | "activeAt"> & { createdAt: Date; lastCallAt: Date | null };

export function toConversation({ createdAt, lastCallAt, ...row }: Row): ConversationSummary {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    activeAt: (lastCallAt ?? createdAt).toISOString(),
  };
}
