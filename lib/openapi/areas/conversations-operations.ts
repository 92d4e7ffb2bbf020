import * as z from "zod";
import {
  conversationDetailSchema,
  conversationFilterSchema,
  conversationListSchema,
  conversationPatchSchema,
  newConversationSchema,
} from "@/lib/conversations/conversation";
import {
  conversationVersionSchema,
  versionListSchema,
  versionPageSchema,
} from "@/lib/conversations/versions";
import type { Operation } from "@/lib/openapi/operation";
import { lines } from "@/lib/openapi/operation";

const conversationAnswer = z.object({ conversation: conversationDetailSchema });
const ifMatch = z.object({
  "If-Match": z.string().describe("The version that was read, as its ETag says it."),
});

export const conversationsOperations: readonly Operation[] = [
  {
    path: "/api/conversations",
    method: "GET",
    summary: "Conversations, the latest active first",
    query: conversationFilterSchema,
    answer: conversationListSchema,
  },
  {
    path: "/api/conversations",
    method: "POST",
    summary: "Make a conversation: its webhook URL, and the block to paste into Vapi",
    body: { schema: newConversationSchema },
    answer: conversationAnswer,
    status: 201,
  },
  {
    path: "/api/conversations/[uuid]",
    method: "GET",
    summary: "One conversation with its context",
    answer: conversationAnswer,
  },
  {
    path: "/api/conversations/[uuid]",
    method: "PATCH",
    summary: "Change name, answer or context by a merge patch (RFC 7396); 412 when somebody was first",
    headers: ifMatch,
    body: { schema: conversationPatchSchema, type: "application/merge-patch+json" },
    answer: conversationAnswer,
  },
  {
    path: "/api/conversations/[uuid]",
    method: "DELETE",
    summary: "Delete a conversation with its calls",
    query: z.object({
      confirmation: z.string().describe("How many calls go, where there are any.").optional(),
    }),
    answer: z.object({ calls: z.int(), remaining: z.int() }),
  },
  {
    path: "/api/conversations/[uuid]/capture",
    method: "GET",
    summary: "All calls of a conversation as a file that `npm run replay` takes",
    answer: lines("Their bodies"),
  },
  {
    path: "/api/conversations/[uuid]/context",
    method: "PUT",
    summary: "A whole new context in place of the one there is; 412 when somebody was first",
    headers: ifMatch,
    body: { schema: z.looseObject({}) },
    answer: conversationAnswer,
  },
  {
    path: "/api/conversations/[uuid]/versions",
    method: "GET",
    summary: "The versions of a context, newest first",
    query: versionPageSchema,
    answer: versionListSchema,
  },
  {
    path: "/api/conversations/[uuid]/versions/[version]",
    method: "GET",
    summary: "One version with its context",
    answer: z.object({ version: conversationVersionSchema }),
  },
  {
    path: "/api/conversations/[uuid]/versions/[version]/restore",
    method: "POST",
    summary: "An earlier context again, as a new version; 412 when somebody was first",
    headers: ifMatch,
    answer: conversationAnswer,
  },
];
