import * as z from "zod";
import { type ConversationDetail, conversationDetailSchema } from "@/lib/conversations/conversation";
import { type Sent, sendJson } from "@/lib/http/client";

const answerSchema = z.object({ conversation: conversationDetailSchema });

export type Saved =
  | { outcome: "saved"; conversation: ConversationDetail }
  /** Another change was saved first; nothing was changed. */
  | { outcome: "conflict"; why: string }
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

/** Changes the name or own answer of version `version`. */
export async function saveFacts(
  uuid: string,
  version: number,
  facts: { name?: string | null; answer?: { assistantId: string } | null },
): Promise<Saved> {
  return toSaved(await sendJson("PATCH", `/api/conversations/${uuid}`, facts, ifMatch(version)));
}

const ifMatch = (version: number) => ({ "if-match": `"${version}"` });

function toSaved(sent: Sent): Saved {
  if (sent.ok) return { outcome: "saved", ...answerSchema.parse(sent.value) };
  return sent.status === 412
    ? { outcome: "conflict", why: "It was changed in the meantime. Review and try again." }
    : { outcome: "refused", why: sent.why };
}
