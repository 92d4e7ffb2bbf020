import { z } from "zod";
import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { problem } from "@/lib/http/server/http";
import { reportFilterSchema } from "@/lib/reports/filter";
import { viewReportCount } from "@/lib/reports/server/view";

/** `{ count, isExact }`: how many calls the filter asks for, estimated where counting would take long. */
export async function GET(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const filter = reportFilterSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!filter.success) return problem(422, "Invalid filter", z.prettifyError(filter.error));
  return Response.json(await viewReportCount(db, actor, filter.data), {
    headers: { "cache-control": "no-store" },
  });
}
