import { z } from "zod";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { findRecording } from "@/db/queries/recordings";
import type { By } from "@/lib/audit/audit";
import { route } from "@/lib/http/server/route";
import { answerRecording, isPlayTicket, makePlayTicket } from "@/lib/recordings/server/play";

const path = "/api/calls/[callId]/recording";
const notFound = { title: "No such call", detail: "No events of this call have arrived." };

/**
 * A player sends many range requests: with a ticket (`?play=`, see POST) they are one play in the audit log; without one,
 * each request is. Next also sends HEAD here and removes Content-Length from every response (its send-response.js), so the
 * length of a recording is in the Content-Range of any part.
 */
export const GET = route("GET", path, {
  access: "calls.listen",
  summary: "Get a call's recording; playback is recorded in the audit log",
  answer: { type: "audio/*", description: "The audio. Range requests are supported." },
  notFound,
  async handle({ request, params: { callId }, actor, by, notFound }) {
    const found = await findRecording(db, callId);
    if (!found) return notFound();
    const ticket = new URL(request.url).searchParams.get("play");
    if (request.method !== "HEAD" && !isPlayTicket(ticket, actor.id, callId)) {
      await auditPlay(found.callId, by);
    }
    return answerRecording(found, request);
  },
});

/** Records the play, and returns the URL of the sound. */
export const POST = route("POST", path, {
  access: "calls.listen",
  summary: "Start playing a call's recording",
  isForPagesOnly: true,
  answer: z.object({ src: z.string() }),
  status: 201,
  notFound,
  async handle({ params: { callId }, actor, by, notFound }) {
    const found = await findRecording(db, callId);
    if (!found) return notFound();
    await auditPlay(found.callId, by);
    const sound = `/api/calls/${encodeURIComponent(callId)}/recording`;
    return { src: `${sound}?play=${makePlayTicket(actor.id, callId)}` };
  },
});

function auditPlay(callId: string, by: By): Promise<void> {
  return recordAudit(db, { ...by, action: "recording.played", target: callId });
}
