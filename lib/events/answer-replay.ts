import "server-only";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { listEventKeys } from "@/db/queries/events/list-event-keys";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { replayEvents } from "@/lib/events/replay-events";
import { problem } from "@/lib/http/problem";
import { readUuid } from "@/lib/read-uuid";

/** What is to be read once more: one event, or all of a call's in their order. */
type Asked = { eventKey: string } | { callId: string };

interface Answered {
  response: Response;
  /** What goes on after the answer has left. Never rejects. */
  later: Promise<void>;
}

/**
 * One request to replay, from request to response: 200 `{ results, done, total, next }`, a result for each event. Of a long
 * call it reads a piece: `?after=<next>` reads on.
 */
export async function answerReplay(request: Request, asked: Asked): Promise<Answered> {
  const { refused, actor } = await authorize(request, "events.replay");
  if (refused) return { response: refused, later: Promise.resolve() };
  const keys = await listKeys(asked);
  const after = new URL(request.url).searchParams.get("after");
  const from = after === null ? 0 : keys.indexOf(after) + 1;
  // The events before may be gone by retention; then it begins anew, and nothing is joined twice.
  if (after !== null && from === 0) return { response: gone(), later: Promise.resolve() };
  const { results, read, later } = await replayEvents(db, keys.slice(from));
  if (keys.length === 0 || (results.length === 0 && from + read === keys.length && from === 0)) {
    return { response: notFound(asked), later };
  }
  const mended = results.filter(({ outcome }) => outcome === "mended").length;
  await recordAudit(db, {
    ...auditedBy(actor, request),
    action: "callId" in asked ? "call.replayed" : "event.replayed",
    target: "callId" in asked ? asked.callId : asked.eventKey,
    detail: { events: String(results.length), mended: String(mended) },
  });
  const done = from + read;
  const next = done < keys.length ? (keys[done - 1] ?? null) : null;
  return { response: Response.json({ results, done, total: keys.length, next }), later };
}

async function listKeys(asked: Asked): Promise<string[]> {
  if ("callId" in asked) return listEventKeys(db, asked.callId);
  const key = readUuid(asked.eventKey);
  return key === null ? [] : [key];
}

function gone(): Response {
  return problem(
    409,
    "No longer there",
    "The event to read on from is kept no longer. Start over: what was read stands.",
  );
}

function notFound(asked: Asked): Response {
  if ("callId" in asked) return problem(404, "No events", "Nothing of this call is in the event log.");
  return problem(404, "No such event", "It never came, or is kept no longer.");
}
