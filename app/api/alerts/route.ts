import { db } from "@/db/client";
import { listAlerts } from "@/db/queries/alerts/read";
import { alertFilterSchema, alertListSchema, maskAlert } from "@/lib/alerts/alert";
import { listOngoingAlerts, listOpenAlerts } from "@/lib/alerts/server/derive";
import { can } from "@/lib/auth/permissions";
import { route } from "@/lib/http/server/route";

const listNow = { open: listOpenAlerts, ongoing: listOngoingAlerts };

/** Those open now are answered whole; with `state=all` a page of everything there ever was. */
export const GET = route("GET", "/api/alerts", {
  access: "calls.view",
  summary: "Alerts: those open now, or all, newest first",
  query: alertFilterSchema,
  answer: alertListSchema,
  async handle({ query, actor }) {
    const { alerts, nextCursor } =
      query.state === "all"
        ? await listAlerts(db, query)
        : { alerts: await listNow[query.state](db, new Date(), query.callId), nextCursor: null };
    return { alerts: can(actor.role, "numbers.view") ? alerts : alerts.map(maskAlert), nextCursor };
  },
});
