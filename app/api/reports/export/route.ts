import { z } from "zod";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { isMaskedFor } from "@/lib/auth/permissions";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { problem, toStream } from "@/lib/http/server/http";
import { exportFiles, exportFormats } from "@/lib/reports/columns";
import { reportFilterSchema } from "@/lib/reports/filter";
import { exportReports, takeExportSlot, withPatience } from "@/lib/reports/server/export";

/** In seconds: the longest a serverless function may be given. */
export const maxDuration = 800;

const querySchema = reportFilterSchema.extend({ format: z.enum(exportFormats) });

/** A reader who takes nothing for so long is gone. */
const patienceMs = 60_000;

/** The filtered archive as a file, streamed, as whoever asks may see it. Taking it is an entry of the audit log. */
export async function GET(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const params = Object.fromEntries(new URL(request.url).searchParams);
  const query = querySchema.safeParse(params);
  if (!query.success) return problem(422, "Invalid filter", z.prettifyError(query.error));
  const letGo = takeExportSlot();
  if (!letGo) {
    const detail = "Two exports are being made already. Try again when one is done.";
    return problem(429, "Too many exports", detail, { "retry-after": "30" });
  }
  try {
    const { format, ...filter } = query.data;
    // What was searched for may name a caller: the log says that there was something, not what.
    const narrowed =
      Object.keys(params)
        .filter((name) => name !== "format")
        .join(", ") || "everything";
    await recordAudit(db, {
      ...auditedBy(actor, request),
      action: "reports.exported",
      detail: { format, by: narrowed },
    });
    const pieces = exportReports(db, filter, { format, isMasked: isMaskedFor(actor) });
    return new Response(toStream(withPatience(pieces, patienceMs, letGo)), {
      headers: {
        "content-type": exportFiles[format].type,
        "content-disposition": `attachment; filename="${exportFiles[format].name}"`,
        "cache-control": "no-store",
      },
    });
  } catch (cause) {
    letGo();
    throw cause;
  }
}
