import { db } from "@/db/client";
import { listOpenVersionAlerts } from "@/db/queries/analytics/version-alerts";
import { maskVersionAlert, versionAlertListSchema } from "@/lib/analytics/version-alert";
import { isMaskedFor } from "@/lib/auth/permissions";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/analytics/version-alerts", {
  access: "calls.view",
  summary: "Versions of assistants that are worse than the one before, unless resolved",
  answer: versionAlertListSchema,
  async handle({ actor }) {
    const alerts = await listOpenVersionAlerts(db);
    return { alerts: isMaskedFor(actor) ? alerts.map(maskVersionAlert) : alerts };
  },
});
