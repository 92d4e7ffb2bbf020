import "server-only";
import { db } from "@/db/client";
import type { Actor } from "@/lib/auth/roles";
import { type Answered, only } from "@/lib/conversations/answered";
import type { ContextChange } from "@/lib/conversations/context-change";
import { noSuchConversation } from "@/lib/conversations/no-such-conversation";
import { refuseChange } from "@/lib/conversations/refuse-change";
import { tellConversation } from "@/lib/conversations/tell-conversation";
import { viewConversation } from "@/lib/privacy/view-conversation";
import { publishConversation } from "@/lib/realtime/publish-conversation";

/** The answer to a wish to change a conversation, and the word of it to open pages: 200 `{ conversation }`, 404, 412, 422. */
export async function answerChange(actor: Actor, uuid: string, change: ContextChange): Promise<Answered> {
  if (change.outcome !== "changed" && change.outcome !== "unchanged") return only(refuseChange(change));
  const conversation = await viewConversation(db, actor, uuid);
  if (!conversation) return only(noSuchConversation());
  return { response: tellConversation(conversation), later: publishConversation(uuid) };
}
