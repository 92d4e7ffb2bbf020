import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { type FoundRecording, findRecording } from "@/db/queries/recordings";
import type { Actor } from "@/lib/auth/roles";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { problem } from "@/lib/http/server/http";
import { answerRecording, isPlayTicket, makePlayTicket } from "@/lib/recordings/server/play";

type Context = RouteContext<"/api/calls/[callId]/recording">;

/**
 * The recording, with Range. A player asks for many pieces: with a ticket (`?play=`, see POST) they are one play of the audit
 * log; without one each request is. Next has HEAD answered here too, and takes Content-Length out of whatever a route
 * answers (its send-response.js): how long a recording is stands in the Content-Range of any piece.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.listen");
  if (refused) return refused;
  const { callId } = await params;
  const found = await findRecording(db, callId);
  if (!found) return unknownCall();
  const ticket = new URL(request.url).searchParams.get("play");
  if (request.method !== "HEAD" && !isPlayTicket(ticket, actor.id, callId))
    await audit(found, actor, request);
  return answerRecording(found, request);
}

/** Begins a play: writes it down, and answers where the player finds the sound. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.listen");
  if (refused) return refused;
  const { callId } = await params;
  const found = await findRecording(db, callId);
  if (!found) return unknownCall();
  await audit(found, actor, request);
  const path = `/api/calls/${encodeURIComponent(callId)}/recording`;
  return Response.json({ src: `${path}?play=${makePlayTicket(actor.id, callId)}` }, { status: 201 });
}

function audit({ callId }: FoundRecording, actor: Actor, request: Request): Promise<void> {
  return recordAudit(db, { ...auditedBy(actor, request), action: "recording.played", target: callId });
}

function unknownCall(): Response {
  return problem(404, "No such call", "No event of a call with this id has come in.");
}
