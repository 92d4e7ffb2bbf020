import { z } from "zod";
import { db, readDb } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { isMaskedFor } from "@/lib/auth/permissions";
import { problem, toStream } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { exportFiles, exportFormats } from "@/lib/reports/columns";
import { reportFilterSchema } from "@/lib/reports/filter";
import { exportReports, takeExportSlot, withReaderTimeout } from "@/lib/reports/server/export";

/** In seconds: the most that every plan of Vercel allows. A longer export breaks off there (docs/archive.md). */
export const maxDuration = 300;

/** A reader that takes nothing for this long is gone. */
const readerTimeoutMs = 60_000;

/** Streamed, masked by the requester's role. Each export is recorded in the audit log. */
export const GET = route("GET", "/api/reports/export", {
  access: "calls.view",
  summary: "Export the filtered reports",
  query: reportFilterSchema.extend({ format: z.enum(exportFormats) }),
  answer: {
    type: "text/csv",
    description:
      "CSV; JSON Lines with `format=jsonl`; JSON Lines with transcripts with `format=transcripts`.",
  },
  async handle({ request, query: { format, ...filter }, actor, by }) {
    const releaseSlot = takeExportSlot();
    if (!releaseSlot) {
      const detail = "Two exports are already running. Try again when one has finished.";
      return problem(429, "Too many exports", detail, { "retry-after": "30" });
    }
    try {
      // A search may name a caller, so the log has the names of the filters, not their values.
      const names = [...new Set(new URL(request.url).searchParams.keys())];
      const narrowed = names.filter((name) => name !== "format").join(", ") || "everything";
      await recordAudit(db, { ...by, action: "reports.exported", detail: { format, by: narrowed } });
      const pieces = exportReports(readDb, filter, { format, isMasked: isMaskedFor(actor) });
      return new Response(toStream(withReaderTimeout(pieces, readerTimeoutMs, releaseSlot)), {
        headers: {
          "content-type": exportFiles[format].type,
          "content-disposition": `attachment; filename="${exportFiles[format].name}"`,
          "cache-control": "no-store",
        },
      });
    } catch (cause) {
      releaseSlot();
      throw cause;
    }
  },
});
