import { db } from "@/db/client";
import { listVersionAlertPage } from "@/db/queries/analytics/version-alerts";
import {
  maskVersionAlert,
  versionAlertListQuerySchema,
  versionAlertListSchema,
} from "@/lib/analytics/version-alert";
import { isMaskedFor } from "@/lib/auth/permissions";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/analytics/version-alerts", {
  access: "calls.view",
  summary: "List open or past alerts about assistant versions that got worse",
  query: versionAlertListQuerySchema,
  answer: versionAlertListSchema,
  async handle({ query, actor }) {
    const { alerts, nextCursor } = await listVersionAlertPage(db, query);
    return { alerts: isMaskedFor(actor) ? alerts.map(maskVersionAlert) : alerts, nextCursor };
  },
});
