import * as z from "zod";
import { defineSetting } from "@/lib/settings/setting";

/** From when on calls in trouble are one incident, and when it is over. */
export const incidentRulesSchema = z.object({
  count: z.number().int().min(2).max(1_000),
  windowSeconds: z.number().int().min(5).max(600),
  quietMinutes: z.number().int().min(1).max(60),
});

export type IncidentRules = z.infer<typeof incidentRulesSchema>;

export const incidentRulesSetting = defineSetting("incident-rules", incidentRulesSchema, {
  count: 5,
  windowSeconds: 60,
  quietMinutes: 5,
});
