import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { getConversation } from "@/db/queries/conversations/read";
import { countSubject } from "@/db/queries/privacy/subject";
import type { Actor } from "@/lib/auth/roles";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { type ConversationDetail, conversationPatchSchema } from "@/lib/conversations/conversation";
import {
  changeConversation,
  readVersion,
  replaceContext,
  restoreContext,
  setContext,
} from "@/lib/conversations/server/change";
import { type ContextChange, toWriter } from "@/lib/conversations/versions";
import { problem, readIfMatch, readJson } from "@/lib/http/server/http";
import { deleteSubject } from "@/lib/privacy/server/erase";
import { viewConversation } from "@/lib/privacy/server/view-conversations";
import { deletionPhrase } from "@/lib/privacy/subject";
import { readUuid } from "@/lib/read-uuid";
import { publishConversation } from "@/lib/realtime/server/publish";

export interface Answered {
  response: Response;
  /** Tells open pages once the answer has left. Never rejects. */
  later: Promise<void>;
}

/** An answer after which there is nothing to tell. */
export function only(response: Response): Answered {
  return { response, later: Promise.resolve() };
}

export function noSuchConversation(): Response {
  return problem(404, "Not found", "There is no such conversation.");
}

/** The answer to a wish that changed nothing, because it could not: 404, 412 with the version there is, or 422. */
export function refuseChange(change: Exclude<ContextChange, { outcome: "changed" | "unchanged" }>): Response {
  switch (change.outcome) {
    case "unknown":
      return problem(404, "Not found", "There is no such conversation, or no such version of it.");
    case "invalid":
      return problem(422, "Invalid", change.why);
    case "conflict": {
      const detail = `Somebody was first: this is version ${change.version} by now. Nothing was changed.`;
      return problem(412, "Changed meanwhile", detail, { etag: `"${change.version}"` });
    }
  }
}

/** A conversation as an answer, with its version as the ETag that `If-Match` wants back. */
export function tellConversation(conversation: ConversationDetail, status = 200): Response {
  const headers = {
    etag: `"${conversation.version}"`,
    "cache-control": "no-store",
    ...(status === 201 && { location: `/api/conversations/${conversation.uuid}` }),
  };
  return Response.json({ conversation }, { status, headers });
}

/** The answer to a wish to change a conversation, and the word of it to open pages: 200 `{ conversation }`, 404, 412, 422. */
export async function answerChange(actor: Actor, uuid: string, change: ContextChange): Promise<Answered> {
  if (change.outcome !== "changed" && change.outcome !== "unchanged") return only(refuseChange(change));
  const conversation = await viewConversation(db, actor, uuid);
  if (!conversation) return only(noSuchConversation());
  return { response: tellConversation(conversation), later: publishConversation(uuid) };
}

/**
 * One wish to delete a conversation, from request to response: 200 `{ calls, remaining }`. Its calls go with it, so where
 * it has any, `?confirmation=delete 3 calls` must say how many; and none may be going on.
 */
export async function answerDeletion(request: Request, id: string): Promise<Answered> {
  const { refused, actor } = await authorize(request, "data.delete");
  if (refused) return only(refused);
  const uuid = readUuid(id);
  if (!uuid || !(await getConversation(db, uuid))) return only(noSuchConversation());
  const subject = { kind: "conversation", uuid } as const;
  const counts = await countSubject(db, subject);
  if (counts.live > 0) {
    const detail =
      "A call of it is going on, whose next event would make it anew. Delete it once that is over.";
    return only(problem(409, "In use", detail));
  }
  const phrase = deletionPhrase(counts);
  const given = new URL(request.url).searchParams.get("confirmation");
  const confirmation = counts.calls === 0 ? phrase : (given ?? "");
  const deletion = await deleteSubject(db, subject, confirmation, auditedBy(actor, request));
  if (deletion.outcome === "unconfirmed") {
    const detail = `Nothing was deleted. Its calls would go with it, with all that is kept about them: confirm with "${phrase}".`;
    return only(problem(409, "Not confirmed", detail));
  }
  const { calls, remaining } = deletion;
  return { response: Response.json({ calls, remaining }), later: publishConversation(uuid) };
}

const types = ["application/merge-patch+json", "application/json"];

/** One merge patch of a conversation, from request to response. */
export async function answerPatch(request: Request, id: string): Promise<Answered> {
  const { refused, actor } = await authorize(request, "context.edit");
  if (refused) return only(refused);
  const match = readIfMatch(request);
  if (match.refused) return only(match.refused);
  const body = await readJson(request, conversationPatchSchema, types);
  if (body.refused) return only(body.refused);
  const conversationId = readUuid(id);
  if (!conversationId) return only(noSuchConversation());
  const wish = { conversationId, patch: body.value, writer: toWriter(actor), ifVersion: match.version };
  const change = await changeConversation(db, wish, auditedBy(actor, request));
  return answerChange(actor, conversationId, change);
}

/** One whole new context, from request to response. */
export async function answerReplacement(request: Request, id: string): Promise<Answered> {
  const { refused, actor } = await authorize(request, "context.edit");
  if (refused) return only(refused);
  const match = readIfMatch(request);
  if (match.refused) return only(match.refused);
  const body = await readJson(request, z.unknown());
  if (body.refused) return only(body.refused);
  const conversationId = readUuid(id);
  if (!conversationId) return only(noSuchConversation());
  const wish = { conversationId, context: body.value, by: toWriter(actor) };
  const change = await setContext(
    db,
    conversationId,
    (tx) => replaceContext(tx, { ...wish, ...(match.version !== undefined && { ifVersion: match.version }) }),
    { what: "context", by: auditedBy(actor, request) },
  );
  return answerChange(actor, conversationId, change);
}

/** One wish for an earlier version, from request to response. */
export async function answerRestoration(request: Request, id: string, wanted: string): Promise<Answered> {
  const { refused, actor } = await authorize(request, "context.edit");
  if (refused) return only(refused);
  const match = readIfMatch(request);
  if (match.refused) return only(match.refused);
  const conversationId = readUuid(id);
  const version = readVersion(wanted);
  if (!conversationId || version === null) return only(noSuchConversation());
  const wish = { conversationId, version, by: toWriter(actor) };
  const change = await setContext(
    db,
    conversationId,
    (tx) => restoreContext(tx, { ...wish, ...(match.version !== undefined && { ifVersion: match.version }) }),
    { what: `context, as of version ${version}`, by: auditedBy(actor, request) },
  );
  return answerChange(actor, conversationId, change);
}
