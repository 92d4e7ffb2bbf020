import * as z from "zod";
import { db } from "@/db/client";
import { listEscalationPolicies } from "@/db/queries/notifications/escalations";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import {
  cannotAct,
  escalationPolicySchema,
  storedEscalationPolicySchema,
} from "@/lib/notifications/escalation";
import { canAllAct, createPolicy } from "@/lib/notifications/server/escalate";

export const GET = route("GET", "/api/escalation-policies", {
  access: "settings.manage",
  summary: "List escalation policies by name",
  answer: z.object({ policies: z.array(storedEscalationPolicySchema) }),
  handle: async () => ({ policies: await listEscalationPolicies(db) }),
});

export const POST = route("POST", "/api/escalation-policies", {
  access: "settings.manage",
  summary: "Add an escalation policy; it applies to alerts opened from now on",
  body: escalationPolicySchema,
  answer: storedEscalationPolicySchema,
  status: 201,
  handle: async ({ body, by }) =>
    (await canAllAct(db, body.steps)) ? createPolicy(db, body, by) : problem(422, "Invalid", cannotAct),
});
