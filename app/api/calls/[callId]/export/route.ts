import { z } from "zod";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { whenEnded } from "@/lib/calls/call";
import { callExportSchema } from "@/lib/calls/list";
import { toTextTranscript } from "@/lib/calls/transcript";
import { toTurns } from "@/lib/calls/turns";
import { problem } from "@/lib/http/server/http";
import { viewCallDetail } from "@/lib/privacy/server/view-calls";

const contentTypes = { json: "application/json", txt: "text/plain; charset=utf-8" } as const;

/** One call as a file: all that is known of it as JSON, or what was said as text. Masked as the page is. */
export async function GET(request: Request, { params }: RouteContext<"/api/calls/[callId]/export">) {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const query = callExportSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return problem(422, "Invalid format", z.prettifyError(query.error));
  const { format } = query.data;
  const detail = await viewCallDetail(db, actor, (await params).callId);
  if (!detail) return problem(404, "No such call", "No event of a call with this id has come in.");
  const { call, marks } = detail;
  await recordAudit(db, {
    ...auditedBy(actor, request),
    action: "call.exported",
    target: call.id,
    detail: { format },
  });
  const turns = toTurns(marks, whenEnded(call));
  return new Response(
    format === "json" ? JSON.stringify({ ...detail, turns }, null, 2) : toTextTranscript(detail),
    {
      headers: {
        "content-type": contentTypes[format],
        "content-disposition": `attachment; filename="call-${call.id.replace(/[^\w-]/g, "_")}.${format}"`,
        "cache-control": "no-store",
      },
    },
  );
}
