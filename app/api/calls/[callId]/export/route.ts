import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { whenEnded } from "@/lib/calls/call";
import { toTextTranscript } from "@/lib/calls/call-items";
import { callExportSchema } from "@/lib/calls/list";
import { toTurns } from "@/lib/calls/turns";
import { route } from "@/lib/http/server/route";
import { viewCallDetail } from "@/lib/privacy/server/view-calls";

const contentTypes = { json: "application/json", txt: "text/plain; charset=utf-8" } as const;

/** Masked like the page. */
export const GET = route("GET", "/api/calls/[callId]/export", {
  access: "calls.view",
  summary: "Export a call as JSON, or its transcript as text",
  query: callExportSchema,
  answer: {
    type: "application/json",
    description: "The complete call as JSON, or its transcript as plain text with `format=txt`.",
  },
  notFound: { title: "No such call", detail: "No events of this call have arrived." },
  async handle({ params: { callId }, query: { format }, actor, by, notFound }) {
    const detail = await viewCallDetail(db, actor, callId);
    if (!detail) return notFound();
    const { call, marks } = detail;
    await recordAudit(db, { ...by, action: "call.exported", target: call.id, detail: { format } });
    const turns = toTurns(marks, whenEnded(call));
    const text = format === "json" ? JSON.stringify({ ...detail, turns }, null, 2) : toTextTranscript(detail);
    return new Response(text, {
      headers: {
        "content-type": contentTypes[format],
        "content-disposition": `attachment; filename="call-${call.id.replace(/[^\w-]/g, "_")}.${format}"`,
        "cache-control": "no-store",
      },
    });
  },
});
