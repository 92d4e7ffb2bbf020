import * as z from "zod";
import { defineSetting } from "@/lib/settings/setting";
import { zoneSchema } from "@/lib/zones";

/** When calls in trouble become an incident, when it closes, and which metrics are compared with usual traffic. */
export const incidentRulesSchema = z.object({
  count: z.number().int().min(2).max(1_000),
  windowSeconds: z.number().int().min(5).max(600),
  quietMinutes: z.number().int().min(1).max(60),
  /** The confidence required to call something unusual. */
  sensitivity: z.enum(["low", "normal", "high"]).default("normal"),
  /** Whether calls in trouble are compared with usual traffic; false: their count alone decides. */
  trouble: z.boolean().default(true),
  /** Whether missing calls are an incident. */
  volume: z.boolean().default(true),
  response: z.boolean().default(true),
  cost: z.boolean().default(true),
  /** The time zone that defines the hours of the week. */
  zone: zoneSchema.default("UTC"),
});

export type IncidentRules = z.infer<typeof incidentRulesSchema>;

export const incidentRulesSetting = defineSetting<IncidentRules>("incident-rules", incidentRulesSchema, {
  count: 5,
  windowSeconds: 60,
  quietMinutes: 5,
  sensitivity: "normal",
  trouble: true,
  volume: true,
  response: true,
  cost: true,
  zone: "UTC",
});
