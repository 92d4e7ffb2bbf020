import { readDb } from "@/db/client";
import { analyticsFilterSchema, analyticsSchema } from "@/lib/analytics/analytics";
import { maskAnalytics } from "@/lib/analytics/compare";
import { getAnalytics } from "@/lib/analytics/server/figures";
import { isMaskedFor } from "@/lib/auth/permissions";
import { dataAge } from "@/lib/health/server/replica";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";

/** A role that may not see numbers may not filter by one either. */
export const GET = route("GET", "/api/analytics", {
  access: "calls.view",
  summary: "Get call figures for a period, compared with the previous one",
  query: analyticsFilterSchema,
  answer: analyticsSchema,
  async handle({ query, actor }) {
    const isMasked = isMaskedFor(actor);
    if (isMasked && query.number !== undefined) {
      return problem(403, "Not allowed", `The role ${actor.role} sees no numbers, and cannot filter by one.`);
    }
    const analytics = { ...(await getAnalytics(readDb, query)), ...(await dataAge()) };
    return isMasked ? maskAnalytics(analytics) : analytics;
  },
});
