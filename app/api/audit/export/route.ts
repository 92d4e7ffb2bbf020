import { z } from "zod";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { auditExportSchema } from "@/lib/audit/audit";
import { exportAudit } from "@/lib/audit/server/export-audit";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { problem, toStream } from "@/lib/http/server/http";

const contentTypes = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" } as const;

/** The filtered audit log as a file. Taking it is an entry itself. */
export async function GET(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "audit.view");
  if (refused) return refused;
  const query = auditExportSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return problem(422, "Invalid filter", z.prettifyError(query.error));
  const { format, ...filter } = query.data;
  await recordAudit(db, { ...auditedBy(actor, request), action: "audit.exported", detail: { format } });
  return new Response(toStream(exportAudit(db, filter, format)), {
    headers: {
      "content-type": contentTypes[format],
      "content-disposition": `attachment; filename="earshot-audit.${format}"`,
      "cache-control": "no-store",
    },
  });
}
