import * as z from "zod";
import { defineSetting } from "@/lib/settings/setting";
import { zoneSchema } from "@/lib/zones";

/** From when on calls in trouble are one incident, when it is over, and what is held against what is usual. */
export const incidentRulesSchema = z.object({
  count: z.number().int().min(2).max(1_000),
  windowSeconds: z.number().int().min(5).max(600),
  quietMinutes: z.number().int().min(1).max(60),
  /** How sure it must be that something is unusual. */
  sensitivity: z.enum(["low", "normal", "high"]).default("normal"),
  /** Whether calls in trouble are held against what is usual; false: by their count alone. */
  trouble: z.boolean().default(true),
  /** Whether it is an incident that no calls come. */
  volume: z.boolean().default(true),
  response: z.boolean().default(true),
  cost: z.boolean().default(true),
  /** By whose clock an hour of the week is the same. */
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
