import { z } from "zod";
import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { problem } from "@/lib/http/server/http";
import { reportQuerySchema } from "@/lib/reports/filter";
import { viewReports } from "@/lib/reports/server/view";

/** `{ reports, nextCursor }`: calls that are over, by the filter of the page's URL. */
export async function GET(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const query = reportQuerySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return problem(422, "Invalid filter", z.prettifyError(query.error));
  return Response.json(await viewReports(db, actor, query.data), {
    headers: { "cache-control": "no-store" },
  });
}
