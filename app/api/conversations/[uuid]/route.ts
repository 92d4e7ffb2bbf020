import { after } from "next/server";
import { z } from "zod";
import { db } from "@/db/client";
import { countSubject } from "@/db/queries/privacy/subject";
import { conversationPatchSchema, shownConversationSchema } from "@/lib/conversations/conversation";
import { changeConversation } from "@/lib/conversations/server/change";
import {
  answerChange,
  conversationResponse,
  explainUnknownAssistant,
  noSuchConversation,
} from "@/lib/conversations/server/http";
import { toWriter } from "@/lib/conversations/versions";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { deleteSubject } from "@/lib/privacy/server/erase";
import { viewConversation } from "@/lib/privacy/server/view-conversations";
import { deletionPhrase } from "@/lib/privacy/subject";
import { uuidSchema } from "@/lib/read-uuid";
import { publishConversation } from "@/lib/realtime/server/publish";

const path = "/api/conversations/[uuid]";
const params = { uuid: uuidSchema };

/** In seconds: deleting a conversation with many calls takes time. */
export const maxDuration = 60;

/** The conversation's version is the ETag. */
export const GET = route("GET", path, {
  access: "calls.view",
  summary: "Get a conversation with its context",
  params,
  answer: shownConversationSchema,
  notFound: noSuchConversation,
  async handle({ params: { uuid }, actor, notFound }) {
    const conversation = await viewConversation(db, actor, uuid);
    return conversation ? conversationResponse(conversation) : notFound();
  },
});

export const PATCH = route("PATCH", path, {
  access: "context.edit",
  summary:
    "Update a conversation's name, answer or context by JSON merge patch (RFC 7396); 412 on version conflict",
  params,
  ifMatch: true,
  body: conversationPatchSchema,
  bodyTypes: ["application/merge-patch+json", "application/json"],
  answer: shownConversationSchema,
  notFound: noSuchConversation,
  async handle({ params: { uuid }, ifVersion, body, actor, by }) {
    const why = await explainUnknownAssistant(body.answer);
    if (why) return problem(422, "Unknown ID", why);
    const wish = { conversationId: uuid, patch: body, writer: toWriter(actor), ifVersion };
    return answerChange(actor, uuid, await changeConversation(db, wish, by));
  },
});

/** Also deletes the calls, so the confirmation must state how many, if there are any. No call may be live. */
export const DELETE = route("DELETE", path, {
  access: "data.delete",
  summary: "Delete a conversation and its calls",
  params,
  query: z.object({
    confirmation: z
      .string()
      .describe("Number of calls that will be deleted. Required if there are any.")
      .optional(),
  }),
  answer: z.object({ calls: z.int(), remaining: z.int() }),
  notFound: noSuchConversation,
  async handle({ params: { uuid }, query, actor, by, notFound }) {
    if (!(await viewConversation(db, actor, uuid))) return notFound();
    const subject = { kind: "conversation", uuid } as const;
    const counts = await countSubject(db, subject);
    if (counts.live > 0) {
      const detail =
        "One of its calls is in progress, and its next event would create it again. Delete it after the call ends.";
      return problem(409, "In use", detail);
    }
    const phrase = deletionPhrase(counts);
    const confirmation = counts.calls === 0 ? phrase : (query.confirmation ?? "");
    const deletion = await deleteSubject(db, subject, confirmation, by);
    if (deletion.outcome === "unconfirmed") {
      const detail = `Nothing was deleted. Its calls and all their data would be deleted too: confirm with "${phrase}".`;
      return problem(409, "Not confirmed", detail);
    }
    after(publishConversation(uuid));
    const { calls, remaining } = deletion;
    return { calls, remaining };
  },
});
