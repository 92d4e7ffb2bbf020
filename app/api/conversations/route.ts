import { z } from "zod";
import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { conversationFilterSchema, newConversationSchema } from "@/lib/conversations/conversation";
import { createConversation } from "@/lib/conversations/server/change";
import { noSuchConversation, tellConversation } from "@/lib/conversations/server/http";
import { toWriter } from "@/lib/conversations/versions";
import { problem, readJson } from "@/lib/http/server/http";
import { viewConversation, viewConversations } from "@/lib/privacy/server/view-conversations";

/** `{ conversations, nextCursor }`, the latest active first: `?q&cursor&limit`. */
export async function GET(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const filter = conversationFilterSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!filter.success) return problem(422, "Invalid filter", z.prettifyError(filter.error));
  const page = await viewConversations(db, actor, filter.data);
  return Response.json(page, { headers: { "cache-control": "no-store" } });
}

/** Makes one: 201 `{ conversation }` with its webhook URL and the block to paste into Vapi. */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "context.edit");
  if (refused) return refused;
  const body = await readJson(request, newConversationSchema);
  if (body.refused) return body.refused;
  const made = await createConversation(db, body.value, toWriter(actor), auditedBy(actor, request));
  if (made.outcome === "taken") return problem(409, "Taken", "There is a conversation of this uuid already.");
  if (made.outcome === "invalid") return problem(422, "Invalid", made.why);
  const conversation = await viewConversation(db, actor, made.uuid);
  return conversation ? tellConversation(conversation, 201) : noSuchConversation();
}
