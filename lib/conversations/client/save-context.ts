import * as z from "zod";
import { type ConversationDetail, conversationDetailSchema } from "@/lib/conversations/conversation";
import { type Sent, sendJson } from "@/lib/http/client";

const answerSchema = z.object({ conversation: conversationDetailSchema });

export type Saved =
  | { outcome: "saved"; conversation: ConversationDetail }
  /** Another change was saved first; nothing was changed. */
  | { outcome: "conflict" }
  | { outcome: "refused"; why: string };

/** Replaces version `version` with a whole new context. */
export async function saveContext(uuid: string, version: number, context: object): Promise<Saved> {
  return toSaved(await sendJson("PUT", `/api/conversations/${uuid}/context`, context, ifMatch(version)));
}

/** Restores the context of version `wanted`, replacing version `version`. */
export async function saveRestored(uuid: string, version: number, wanted: number): Promise<Saved> {
  const path = `/api/conversations/${uuid}/versions/${wanted}/restore`;
  return toSaved(await sendJson("POST", path, {}, ifMatch(version)));
}

/** Changes the conversation's name or own answer, whatever the version of its context. */
export async function saveFacts(
  uuid: string,
  facts: { name?: string | null; answer?: { assistantId: string } | null },
): Promise<Saved> {
  return toSaved(await sendJson("PATCH", `/api/conversations/${uuid}`, facts, { "if-match": "*" }));
}

const ifMatch = (version: number) => ({ "if-match": `"${version}"` });

function toSaved(sent: Sent): Saved {
  if (sent.ok) return { outcome: "saved", ...answerSchema.parse(sent.value) };
  return sent.status === 412 ? { outcome: "conflict" } : { outcome: "refused", why: sent.why };
}
