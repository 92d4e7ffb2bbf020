import "server-only";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { listCapturedCalls } from "@/db/queries/events/read-capture";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { streamCapture } from "@/lib/events/stream-capture";
import { problem } from "@/lib/http/problem";
import { toStream } from "@/lib/http/to-stream";

type Of = { callId: string } | { conversationId: string };

/** One request for a call or a conversation as a file that `npm run replay` takes. Taking it is in the audit log. */
export async function answerCapture(request: Request, of: Of): Promise<Response> {
  const { refused, actor } = await authorize(request, "events.view");
  if (refused) return refused;
  const calls = await listCapturedCalls(db, of);
  if (calls.length === 0)
    return problem(404, "No such call", "There is no call of this id to make a capture of.");
  const [kind, id] = "callId" in of ? ["call", of.callId] : ["conversation", of.conversationId];
  await recordAudit(db, {
    ...auditedBy(actor, request),
    action: "capture.downloaded",
    target: id,
    detail: { of: kind },
  });
  const conversationId = "callId" in of ? null : of.conversationId;
  return new Response(toStream(streamCapture(db, calls, conversationId)), {
    headers: {
      "content-type": "application/jsonl; charset=utf-8",
      "content-disposition": `attachment; filename="${kind}-${id.replace(/[^\w-]/g, "_")}.jsonl"`,
      "cache-control": "no-store",
    },
  });
}
