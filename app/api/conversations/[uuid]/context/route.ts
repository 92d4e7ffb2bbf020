import { z } from "zod";
import { db } from "@/db/client";
import { shownConversationSchema } from "@/lib/conversations/conversation";
import { replaceContext, setContext } from "@/lib/conversations/server/change";
import { answerChange, noSuchConversation } from "@/lib/conversations/server/http";
import { toWriter } from "@/lib/conversations/versions";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";

export const PUT = route("PUT", "/api/conversations/[uuid]/context", {
  access: "context.edit",
  summary: "Replace a conversation's context; 412 on version conflict",
  params: { uuid: uuidSchema },
  ifMatch: true,
  // Validated by `setContext`, which explains what is wrong with a context.
  body: z.unknown().meta({ type: "object" }),
  answer: shownConversationSchema,
  notFound: noSuchConversation,
  async handle({ params: { uuid }, ifVersion, body, actor, by }) {
    const wish = {
      conversationId: uuid,
      context: body,
      by: toWriter(actor),
      ...(ifVersion !== undefined && { ifVersion }),
    };
    const change = await setContext(db, uuid, (tx) => replaceContext(tx, wish), { what: "context", by });
    return answerChange(actor, uuid, change);
  },
});
