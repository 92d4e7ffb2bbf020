import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { answerInTime } from "@/lib/async";
import { defineEvent } from "@/lib/webhook/server/define-event";
import { historySchema, readLastSaid } from "@/lib/webhook/server/messages";

/** Vapi's `ServerMessageKnowledgeBaseRequest`: asks for documents before the model answers. */
export const knowledgeBaseRequestSchema = historySchema;

/** Vapi's `ServerMessageResponseKnowledgeBaseRequest`, the part we answer with. */
export type KnowledgeAnswer = { documents: { content: string; similarity: number; uuid: string }[] };

const replySchema = z.object({ documents: z.array(z.object({ content: z.string() })) });

export const knowledgeBaseRequest = defineEvent({
  types: ["knowledge-base-request"],
  schema: knowledgeBaseRequestSchema,
  identity: (message) => String(message.messages?.length ?? message.messagesOpenAIFormatted?.length ?? 0),
  respond: async (message, { receivedAt }): Promise<{ reply: KnowledgeAnswer }> => {
    const { searchKnowledge } = await import("@/lib/knowledge/server/knowledge");
    const found = searchKnowledge(db, readLastSaid(message));
    const passages = await answerInTime(found, receivedAt, [], "the knowledge base could not be asked");
    const documents = passages.map(({ documentId, heading, content, similarity }) => ({
      content: `${heading}\n\n${content}`,
      similarity,
      uuid: documentId,
    }));
    return { reply: { documents } };
  },
  project: (_message, { at, key }, reply) => ({
    marks: [{ key, kind: "knowledge", at, detail: nameSources(reply) }],
  }),
});

/** Headings of the documents found; null without any. */
function nameSources(reply: unknown): string | null {
  const documents = replySchema.safeParse(reply).data?.documents ?? [];
  const headings = documents.map(({ content }) => content.split("\n", 1)[0] ?? "");
  return [...new Set(headings)].join(", ") || null;
}
