import { after } from "next/server";
import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import {
  answerDeletion,
  answerPatch,
  noSuchConversation,
  tellConversation,
} from "@/lib/conversations/server/http";
import { viewConversation } from "@/lib/privacy/server/view-conversations";
import { readUuid } from "@/lib/read-uuid";

type Context = RouteContext<"/api/conversations/[uuid]">;

/** In seconds: deleting a conversation with many calls takes time. */
export const maxDuration = 60;

/** `{ conversation }`, and its version as the ETag. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const uuid = readUuid((await params).uuid);
  const conversation = uuid && (await viewConversation(db, actor, uuid));
  return conversation ? tellConversation(conversation) : noSuchConversation();
}

/** A merge patch (RFC 7396) of name, answer and context: 200 `{ conversation }`; 412 when somebody was first. */
export async function PATCH(request: Request, { params }: Context): Promise<Response> {
  const { response, later } = await answerPatch(request, (await params).uuid);
  after(later);
  return response;
}

/** Deletes it with its calls: `{ calls, remaining }`. `?confirmation=` says how many, where there are any. */
export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const { response, later } = await answerDeletion(request, (await params).uuid);
  after(later);
  return response;
}
