import { db } from "@/db/client";
import {
  conversationFilterSchema,
  conversationListSchema,
  newConversationSchema,
  shownConversationSchema,
} from "@/lib/conversations/conversation";
import { createConversation } from "@/lib/conversations/server/change";
import {
  conversationResponse,
  explainUnknownAssistant,
  noSuchConversation,
} from "@/lib/conversations/server/http";
import { toWriter } from "@/lib/conversations/versions";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { viewConversation, viewConversations } from "@/lib/privacy/server/view-conversations";

export const GET = route("GET", "/api/conversations", {
  access: "calls.view",
  summary: "List conversations, most recently active first",
  query: conversationFilterSchema,
  answer: conversationListSchema,
  handle: ({ query, actor }) => viewConversations(db, actor, query),
});

export const POST = route("POST", "/api/conversations", {
  access: "context.edit",
  summary: "Create a conversation; returns its webhook URL and the server block for Vapi",
  body: newConversationSchema,
  answer: shownConversationSchema,
  status: 201,
  notFound: noSuchConversation,
  async handle({ body, actor, by, notFound }) {
    const why = await explainUnknownAssistant(body.answer);
    if (why) return problem(422, "Unknown ID", why);
    const made = await createConversation(db, body, toWriter(actor), by);
    if (made.outcome === "taken")
      return problem(409, "Taken", "A conversation with this UUID already exists.");
    if (made.outcome === "invalid") return problem(422, "Invalid", made.why);
    const conversation = await viewConversation(db, actor, made.uuid);
    return conversation ? conversationResponse(conversation, 201) : notFound();
  },
});
