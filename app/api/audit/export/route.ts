import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { auditExportSchema } from "@/lib/audit/audit";
import { exportAudit } from "@/lib/audit/server/export-audit";
import { toStream } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";

const contentTypes = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" } as const;

/** The export itself is recorded in the log. */
export const GET = route("GET", "/api/audit/export", {
  access: "audit.view",
  summary: "Export the filtered audit log",
  query: auditExportSchema,
  answer: {
    type: "text/csv",
    description: "CSV, or JSON Lines with `format=jsonl`.",
  },
  async handle({ query: { format, ...filter }, by }) {
    await recordAudit(db, { ...by, action: "audit.exported", detail: { format } });
    return new Response(toStream(exportAudit(db, filter, format)), {
      headers: {
        "content-type": contentTypes[format],
        "content-disposition": `attachment; filename="earshot-audit.${format}"`,
        "cache-control": "no-store",
      },
    });
  },
});
