import { z } from "zod";
import { db } from "@/db/client";
import { analyticsFilterSchema } from "@/lib/analytics/analytics";
import { maskAnalytics } from "@/lib/analytics/compare";
import { getAnalytics } from "@/lib/analytics/server/figures";
import { isMaskedFor } from "@/lib/auth/permissions";
import { authorize } from "@/lib/auth/server/authorize";
import { problem } from "@/lib/http/server/http";

/**
 * How the calls of some days went: `?from=2026-08-01&to=2026-08-31&zone=Europe/Berlin&assistant&number`. Whoever may not see
 * numbers may not ask for one either.
 */
export async function GET(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const filter = analyticsFilterSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!filter.success) return problem(422, "Invalid filter", z.prettifyError(filter.error));
  const isMasked = isMaskedFor(actor);
  if (isMasked && filter.data.number !== undefined) {
    return problem(403, "Not allowed", `The role ${actor.role} sees no numbers, and cannot filter by one.`);
  }
  const analytics = await getAnalytics(db, filter.data);
  return Response.json(isMasked ? maskAnalytics(analytics) : analytics, {
    headers: { "cache-control": "no-store" },
  });
}
