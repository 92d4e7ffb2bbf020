import { db } from "@/db/client";
import { listAlerts } from "@/db/queries/alerts/read";
import { type Alert, alertListSchema, maskAlert } from "@/lib/alerts/alert";
import { type AlertFilter, alertFilterSchema, matchesFilter } from "@/lib/alerts/filter";
import { listOngoingAlerts, listOpenAlerts } from "@/lib/alerts/server/derive";
import { can } from "@/lib/auth/permissions";
import { route } from "@/lib/http/server/route";

const listNow = { open: listOpenAlerts, ongoing: listOngoingAlerts };

/** Few alerts are open or ongoing at a time, so they are filtered here. */
async function listNarrowed(state: keyof typeof listNow, query: AlertFilter): Promise<Alert[]> {
  const now = new Date();
  const alerts = await listNow[state](db, now, query.callId);
  return alerts.filter((alert) => matchesFilter(alert, query, now.getTime()));
}

/** Open alerts are returned in full; `state=all` returns a page of all alerts ever raised. */
export const GET = route("GET", "/api/alerts", {
  access: "calls.view",
  summary: "List open or all alerts, newest first",
  query: alertFilterSchema,
  answer: alertListSchema,
  async handle({ query, actor }) {
    const { alerts, nextCursor } =
      query.state === "all"
        ? await listAlerts(db, query)
        : { alerts: await listNarrowed(query.state, query), nextCursor: null };
    return { alerts: can(actor.role, "numbers.view") ? alerts : alerts.map(maskAlert), nextCursor };
  },
});
