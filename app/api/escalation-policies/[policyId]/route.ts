import { db } from "@/db/client";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import {
  cannotAct,
  escalationPolicyChangeSchema,
  storedEscalationPolicySchema,
} from "@/lib/notifications/escalation";
import { canAllAct, changePolicy, deletePolicy } from "@/lib/notifications/server/escalate";
import { uuidSchema } from "@/lib/read-uuid";

const path = "/api/escalation-policies/[policyId]";
const params = { policyId: uuidSchema };
const notFound = { detail: "Escalation policy not found." };

export const PATCH = route("PATCH", path, {
  access: "settings.manage",
  summary: "Update an escalation policy; omitted fields stay the same",
  params,
  body: escalationPolicyChangeSchema,
  answer: storedEscalationPolicySchema,
  notFound,
  handle: async ({ params, body, by, notFound }) => {
    if (!(await canAllAct(db, body.steps ?? []))) return problem(422, "Invalid", cannotAct);
    return (await changePolicy(db, params.policyId, body, by)) ?? notFound();
  },
});

export const DELETE = route("DELETE", path, {
  access: "settings.manage",
  summary: "Delete an escalation policy and end its running escalations",
  params,
  answer: null,
  notFound,
  handle: async ({ params, by, notFound }) =>
    (await deletePolicy(db, params.policyId, by)) ? null : notFound(),
});
