import * as z from "zod";
import {
  actorSchema,
  actRequestSchema,
  alertFilterSchema,
  alertListSchema,
  alertSchema,
} from "@/lib/alerts/alert";
import { alertRulesSchema } from "@/lib/alerts/rules";
import type { Operation } from "@/lib/openapi/operation";

export const alertsOperations: readonly Operation[] = [
  {
    path: "/api/alerts",
    method: "GET",
    summary: "Alerts: those open now, or all, newest first",
    query: alertFilterSchema,
    answer: alertListSchema,
  },
  {
    path: "/api/alerts/[alertId]/[act]",
    method: "POST",
    summary:
      "Acknowledge, assign, snooze, note or resolve; `kind` stands in the address, the rest in the body",
    body: { schema: actRequestSchema },
    answer: z.object({ alert: alertSchema }),
  },
  {
    path: "/api/alerts/assignees",
    method: "GET",
    summary: "Those an alert can be given to",
    answer: z.object({ people: z.array(actorSchema) }),
  },
  {
    path: "/api/alerts/rules",
    method: "GET",
    summary: "From when silence is worth a look, and from when it is an alert",
    answer: z.object({ rules: alertRulesSchema }),
  },
  {
    path: "/api/alerts/rules",
    method: "PUT",
    summary: "Set all of these rules at once",
    body: { schema: alertRulesSchema },
    answer: z.object({ rules: alertRulesSchema }),
  },
];
