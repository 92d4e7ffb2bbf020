import { z } from "zod";
import { db } from "@/db/client";
import { listAlerts } from "@/db/queries/alerts/read";
import { alertFilterSchema, maskAlert } from "@/lib/alerts/alert";
import { listOngoingAlerts, listOpenAlerts } from "@/lib/alerts/server/derive";
import { can } from "@/lib/auth/permissions";
import { authorize } from "@/lib/auth/server/authorize";
import { problem } from "@/lib/http/server/http";

/** `{ alerts, nextCursor }`: those open now (all of them), with `state=ongoing` also resolved ones whose cause goes on, with `state=all` everything there ever was, newest first. */
export async function GET(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const filter = alertFilterSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!filter.success) return problem(422, "Invalid filter", z.prettifyError(filter.error));

  const { state, callId } = filter.data;
  const list = { open: listOpenAlerts, ongoing: listOngoingAlerts };
  const { alerts, nextCursor } =
    state === "all"
      ? await listAlerts(db, filter.data)
      : { alerts: await list[state](db, new Date(), callId), nextCursor: null };
  const seen = can(actor.role, "numbers.view") ? alerts : alerts.map(maskAlert);
  return Response.json({ alerts: seen, nextCursor }, { headers: { "cache-control": "no-store" } });
}
