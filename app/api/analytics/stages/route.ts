import { readDb } from "@/db/client";
import { analyticsFilterSchema } from "@/lib/analytics/analytics";
import { getStages } from "@/lib/analytics/server/figures";
import { stageAnalyticsSchema } from "@/lib/analytics/stages";
import { isMaskedFor } from "@/lib/auth/permissions";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/analytics/stages", {
  access: "calls.view",
  summary: "Get response times by stage and provider, compared with the previous period",
  query: analyticsFilterSchema,
  answer: stageAnalyticsSchema,
  handle({ query, actor }) {
    if (isMaskedFor(actor) && query.number !== undefined) {
      return problem(403, "Not allowed", `The role ${actor.role} sees no numbers, and cannot filter by one.`);
    }
    return getStages(readDb, query);
  },
});
