import { db } from "@/db/client";
import { listVersionAlerts } from "@/db/queries/analytics/versions";
import { toVersionAlert, versionAlertListSchema } from "@/lib/analytics/versions";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/analytics/version-alerts", {
  access: "calls.view",
  summary: "Versions of assistants that are worse than the one before",
  answer: versionAlertListSchema,
  handle: async () => ({ alerts: (await listVersionAlerts(db)).map(toVersionAlert) }),
});
