import * as z from "zod";
import { newerActions } from "@/lib/alerts/actions";
import { actionsSchema } from "@/lib/alerts/alert";
import { describeVerdict, metricComparisonSchema, versionLabel } from "@/lib/analytics/versions";
import { formatCount } from "@/lib/format";
import { incidentStates } from "@/lib/incidents/incident";
import { uuidCursorSchema } from "@/lib/keyset";

/** An alert for a version that is worse than its baseline, with people's actions on it. */
export const versionAlertSchema = z.object({
  id: z.uuid(),
  state: z.enum(incidentStates),
  outcome: z.enum(["open", "recovered"]),
  assistant: z.string(),
  /** The assistant's display name. */
  name: z.string(),
  version: z.string(),
  baseline: z.string(),
  calls: z.object({ baseline: z.number().int(), version: z.number().int() }),
  metrics: z.array(metricComparisonSchema),
  openedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  /** `gone`: the version no longer takes calls. */
  closedBecause: z.enum(["no-longer-worse", "gone"]).nullable(),
  acts: actionsSchema,
});

export type VersionAlert = z.infer<typeof versionAlertSchema>;

/** The query of `GET /api/analytics/version-alerts`. `past`: closed, or resolved by a person. */
export const versionAlertListQuerySchema = z.object({
  state: z.enum(["open", "past"]).default("open"),
  cursor: uuidCursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(200),
});

export type VersionAlertListQuery = z.infer<typeof versionAlertListQuerySchema>;

export const versionAlertListSchema = z.object({
  alerts: z.array(versionAlertSchema),
  nextCursor: z.string().nullable(),
});

export type VersionAlertList = z.infer<typeof versionAlertListSchema>;

/** A version alert with caller data masked: people's texts are removed, because they may name a caller. */
export function maskVersionAlert(alert: VersionAlert): VersionAlert {
  const log = alert.acts.log.map((act) => ({ ...act, text: null }));
  return { ...alert, acts: { ...alert.acts, log } };
}

/** Merges the server's answer with the alert on the page, whose actions may be newer. */
export function joinVersionAlert(answered: VersionAlert, known: VersionAlert): VersionAlert {
  return { ...answered, acts: newerActions(answered.acts, known.acts) };
}

/** "Front desk v8". */
export function versionAlertTitle({ name, version }: Pick<VersionAlert, "name" | "version">): string {
  return `${name} ${versionLabel(version)}`;
}

/** "Front desk v8 is worse: hang rate +4.1 pt (1.9–6.2)". */
export function describeVersionAlert(alert: VersionAlert): string {
  return `${versionAlertTitle(alert)} is worse: ${describeVerdict(alert.metrics, "worse")}`;
}

/** "150 calls, compared with 400 of v7", followed by why the alert closed, if it has. */
export function describeVersionEvidence({ calls, baseline, closedBecause }: VersionAlert): string {
  const compared = `${formatCount(calls.version, "call")}, compared with ${calls.baseline} of ${versionLabel(baseline)}`;
  if (closedBecause === null) return compared;
  return `${compared}. ${closedBecause === "gone" ? "It no longer takes calls." : "The difference is gone."}`;
}
