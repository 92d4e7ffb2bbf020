import { sql } from "drizzle-orm";
import {
  bigint,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { actColumns, actedColumns, moment } from "@/db/schema/columns";
import type { VersionAlert } from "@/lib/analytics/version-alert";
import type { MetricComparison } from "@/lib/analytics/versions";
import type { SeriesKind } from "@/lib/rates/series";

/** The columns of lib/analytics/figures.ts, for the table of single calls and for that of their sums. */
export const measureColumns = () => ({
  calls: integer().notNull(),
  durationMs: bigint({ mode: "number" }).notNull(),
  costUsd: doublePrecision().notNull(),
  costed: integer().notNull(),
  hung: integer().notNull(),
  transferred: integer().notNull(),
  measured: integer().notNull(),
  measuredMs: bigint({ mode: "number" }).notNull(),
  userMs: bigint({ mode: "number" }).notNull(),
  assistantMs: bigint({ mode: "number" }).notNull(),
  silentMs: bigint({ mode: "number" }).notNull(),
  assistantTurns: integer().notNull(),
  interruptions: integer().notNull(),
  replies: integer().array().notNull(),
  /** By stage of a reply, in the order of `latencyStages`: its milliseconds added up, and of how many replies. */
  stageMs: doublePrecision().array().notNull().default([0, 0, 0, 0]),
  stageReplies: integer().array().notNull().default([0, 0, 0, 0]),
});

/**
 * What each call that is over counts for in analytics (lib/analytics/figures.ts), derived from its rows as of
 * `callVersion`. Nothing of a caller is in here. Whatever changes a row marks its day in figure_days (a trigger does).
 */
export const callFigures = pgTable(
  "call_figures",
  {
    callId: text()
      .primaryKey()
      .references(() => calls.id, { onDelete: "cascade" }),
    callVersion: integer().notNull(),
    /** When the call was made: the moment it is counted at. */
    at: moment().notNull(),
    /** The assistant's id, or its name where it has none; empty when unknown. */
    assistant: text().notNull(),
    assistantName: text(),
    /** The assistant's version; empty when unknown. */
    version: text().notNull().default(""),
    /** The number of ours; empty for web calls. */
    number: text().notNull(),
    /** The end reason's code; empty when unknown. */
    reason: text().notNull(),
    ...measureColumns(),
  },
  (table) => [
    index("call_figures_at").on(table.at),
    index("call_figures_of").on(table.assistant, table.number, table.at),
    // A version's first calls, and its last ones.
    index("call_figures_version").on(table.assistant, table.version, table.at),
  ],
);

export type CallFigures = typeof callFigures.$inferSelect;

/**
 * The days of UTC that have call_figures, and whether figure_rollups holds for them: while `rolledChanges` is `changes`.
 * Kept by triggers on call_figures, so that no way of changing one, a cascade or a bulk load, can be forgotten.
 */
export const figureDays = pgTable("figure_days", {
  day: date().primaryKey(),
  changes: bigint({ mode: "number" }).notNull(),
  changedAt: moment().notNull().defaultNow(),
  rolledChanges: bigint({ mode: "number" }),
  /** As `rolledChanges`, of stage_rollups. */
  rolledStages: bigint({ mode: "number" }),
});

/** How far the event log has been looked through for calls whose figures nobody has derived. One row: "events". */
export const figureProgress = pgTable("figure_progress", {
  name: text().primaryKey(),
  seenUntil: moment().notNull(),
});

/**
 * call_figures added up, for days that are over. Quarter hours of UTC add up to the days of every zone: all offsets are multiples
 * of them, half-hour zones and half-hour daylight saving included. Days of UTC are for what is not told by time:
 * per assistant, per version of one, per number, per reason. A dimension that is null is all of its values together; an empty one is none.
 * Holds for a day only while figure_days says so.
 */
export const figureRollups = pgTable(
  "figure_rollups",
  {
    grain: text().$type<"quarter" | "day">().notNull(),
    /** The day of UTC it belongs to. */
    day: date().notNull(),
    /** Its beginning. */
    at: moment().notNull(),
    assistant: text(),
    assistantName: text(),
    /** Never without its assistant. */
    version: text(),
    number: text(),
    reason: text(),
    ...measureColumns(),
  },
  // Found day by day: those that hold are listed by figure_days.
  (table) => [
    index("figure_rollups_of_day").on(table.day, table.grain, table.reason, table.number, table.assistant),
  ],
);

/**
 * How long the stages of replies took, and whose services calls used, added up from reports by hours of UTC, for days that are over:
 * all calls together, by assistant, and by number. Holds for a day only while figure_days says so.
 */
export const stageRollups = pgTable(
  "stage_rollups",
  {
    day: date().notNull(),
    at: moment().notNull(),
    /** A stage of a reply, or another part of the bill: "transport", "vapi". */
    stage: text().notNull(),
    /** Vapi's code; empty when the bill names no provider. */
    provider: text().notNull(),
    assistant: text(),
    number: text(),
    /** Calls whose bill has it. */
    calls: integer().notNull(),
    costUsd: doublePrecision().notNull(),
    /** Replies by how long the stage took: the bins of lib/analytics/stages.ts. */
    replies: integer().array().notNull(),
  },
  (table) => [index("stage_rollups_of_day").on(table.day, table.assistant, table.number)],
);

/**
 * What happened in each quarter of an hour (lib/rates/series.ts), for each value of each kind that anything happened of. Written
 * by the tick, which replaces whole quarters: what is usual at an hour of the week is taken from it. Quarters of UTC add up to the
 * hours of every zone.
 */
export const rateQuarters = pgTable(
  "rate_quarters",
  {
    at: moment().notNull(),
    kind: text().$type<SeriesKind>().notNull(),
    value: text().notNull(),
    begun: integer().notNull(),
    ended: integer().notNull(),
    failures: integer().notNull(),
    alerts: integer().notNull(),
    tools: integer().notNull(),
    costUsd: doublePrecision().notNull(),
    costed: integer().notNull(),
    replies: integer().array().notNull(),
    p95Ms: doublePrecision(),
  },
  (table) => [primaryKey({ columns: [table.at, table.kind, table.value] })],
);

/**
 * rate_quarters added up by days of UTC. Kept by triggers on rate_quarters, so that what is usual is read
 * from a few thousand rows each minute, not from six weeks of quarters.
 */
export const rateDays = pgTable(
  "rate_days",
  {
    day: date().notNull(),
    kind: text().$type<SeriesKind>().notNull(),
    value: text().notNull(),
    begun: integer().notNull(),
    ended: integer().notNull(),
    failures: integer().notNull(),
    alerts: integer().notNull(),
    tools: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.kind, table.value] })],
);

/**
 * Versions of assistants that were called worse than the one before (lib/analytics/versions.ts), each once. Closed ones stay.
 * The job writes how they compare, people's actions write the rest, as with alerts.
 */
export const versionAlerts = pgTable(
  "version_alerts",
  {
    id: uuid().notNull().unique().defaultRandom(),
    assistant: text().notNull(),
    version: text().notNull(),
    assistantName: text(),
    baseline: text().notNull(),
    /** As they compared when it opened; brought up to date while it is open. */
    metrics: jsonb().$type<MetricComparison[]>().notNull(),
    /** How many calls of either were looked at. */
    calls: jsonb().$type<{ baseline: number; version: number }>().notNull(),
    openedAt: moment().notNull(),
    closedAt: moment(),
    closedBecause: text().$type<VersionAlert["closedBecause"]>(),

    ...actedColumns(),
  },
  (table) => [
    primaryKey({ columns: [table.assistant, table.version] }),
    index("version_alerts_open").on(table.openedAt).where(sql`${table.closedAt} is null`),
  ],
);

export type VersionAlertRow = typeof versionAlerts.$inferSelect;

/** What people did about a worse version. */
export const versionAlertActs = pgTable(
  "version_alert_acts",
  {
    ...actColumns(),
    versionAlertId: uuid()
      .notNull()
      .references(() => versionAlerts.id, { onDelete: "cascade" }),
  },
  (table) => [index("version_alert_acts_alert").on(table.versionAlertId)],
);
