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
import { actedColumns, actionColumns, moment } from "@/db/schema/columns";
import type { VersionAlert } from "@/lib/analytics/version-alert";
import type { MetricComparison } from "@/lib/analytics/versions";
import type { SeriesKind } from "@/lib/rates/series";

/** The columns of lib/analytics/figures.ts, shared by single calls and their sums. */
const measureColumns = () => ({
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
  /** By stage of a response, in the order of `latencyStages`: the sum in ms, and the number of responses. */
  stageMs: doublePrecision().array().notNull().default([0, 0, 0, 0]),
  stageReplies: integer().array().notNull().default([0, 0, 0, 0]),
});

/**
 * The figures of each ended call (lib/analytics/figures.ts), derived from its rows as of `callVersion`. Contains no caller
 * data. A trigger marks the day in figure_days whenever a row changes.
 */
export const callFigures = pgTable(
  "call_figures",
  {
    callId: text()
      .primaryKey()
      .references(() => calls.id, { onDelete: "cascade" }),
    callVersion: integer().notNull(),
    /** When the call was made, which is the time it counts for. */
    at: moment().notNull(),
    /** The assistant's id, or its name if it has no id; empty when unknown. */
    assistant: text().notNull(),
    assistantName: text(),
    /** The assistant's version; empty when unknown. */
    version: text().notNull().default(""),
    /** Our number; empty for web calls. */
    number: text().notNull(),
    /** The end reason's code; empty when unknown. */
    reason: text().notNull(),
    ...measureColumns(),
  },
  (table) => [
    index("call_figures_at").on(table.at),
    index("call_figures_of").on(table.assistant, table.number, table.at),
    // A version's first and last calls.
    index("call_figures_version").on(table.assistant, table.version, table.at),
  ],
);

export type CallFigures = typeof callFigures.$inferSelect;

/**
 * The UTC days with call_figures. A day's figure_rollups are valid while `rolledChanges` equals `changes`. Triggers on
 * call_figures maintain it, so that no change is missed, not even a cascade or a bulk load.
 */
export const figureDays = pgTable("figure_days", {
  day: date().primaryKey(),
  changes: bigint({ mode: "number" }).notNull(),
  changedAt: moment().notNull().defaultNow(),
  rolledChanges: bigint({ mode: "number" }),
  /** Like `rolledChanges`, for stage_rollups. */
  rolledStages: bigint({ mode: "number" }),
});

/** How far the event log has been searched for calls without figures. One row: "events". */
export const figureProgress = pgTable("figure_progress", {
  name: text().primaryKey(),
  seenUntil: moment().notNull(),
});

/**
 * call_figures summed up for finished days. UTC quarter hours add up to the days of every time zone, because all offsets are
 * multiples of them. Whole UTC days are for sums by assistant, version, number and reason. A null dimension means all its
 * values; an empty one means none. A day's rows are valid only while figure_days shows no later change.
 */
export const figureRollups = pgTable(
  "figure_rollups",
  {
    grain: text().$type<"quarter" | "day">().notNull(),
    /** The UTC day it belongs to. */
    day: date().notNull(),
    /** The start of its quarter hour or day. */
    at: moment().notNull(),
    assistant: text(),
    assistantName: text(),
    /** Never without its assistant. */
    version: text(),
    number: text(),
    reason: text(),
    ...measureColumns(),
  },
  // Read day by day: figure_days lists the valid days.
  (table) => [
    index("figure_rollups_of_day").on(table.day, table.grain, table.reason, table.number, table.assistant),
  ],
);

/**
 * Latencies of the stages of responses and the services used, summed from reports by UTC hour for finished days: for all
 * calls, by assistant, and by number. A day's rows are valid only while figure_days shows no later change.
 */
export const stageRollups = pgTable(
  "stage_rollups",
  {
    day: date().notNull(),
    at: moment().notNull(),
    /** A stage of a response, or another part of the bill: "transport", "vapi". */
    stage: text().notNull(),
    /** Vapi's code; empty when the bill names no provider. */
    provider: text().notNull(),
    assistant: text(),
    number: text(),
    /** Calls with it on their bill. */
    calls: integer().notNull(),
    costUsd: doublePrecision().notNull(),
    /** Responses by latency, in the bins of lib/analytics/stages.ts. */
    replies: integer().array().notNull(),
  },
  (table) => [index("stage_rollups_of_day").on(table.day, table.assistant, table.number)],
);

/** A series' kind and value, and the counts of its calls (lib/rates/series.ts). */
const seriesCounts = () => ({
  kind: text().$type<SeriesKind>().notNull(),
  value: text().notNull(),
  begun: integer().notNull(),
  ended: integer().notNull(),
  failures: integer().notNull(),
  alerts: integer().notNull(),
  tools: integer().notNull(),
});

/**
 * Counts per quarter of an hour (lib/rates/series.ts) for each value of each kind. The tick replaces whole quarters. The usual
 * figures of an hour of the week are computed from them. Quarters of UTC add up to the hours of every zone.
 */
export const rateQuarters = pgTable(
  "rate_quarters",
  {
    at: moment().notNull(),
    ...seriesCounts(),
    costUsd: doublePrecision().notNull(),
    costed: integer().notNull(),
    replies: integer().array().notNull(),
    p95Ms: doublePrecision(),
  },
  (table) => [primaryKey({ columns: [table.at, table.kind, table.value] })],
);

/**
 * rate_quarters added up by UTC day. Maintained by triggers on rate_quarters, so that the usual figures are read from a few
 * thousand rows each minute, not from six weeks of quarters.
 */
export const rateDays = pgTable(
  "rate_days",
  {
    day: date().notNull(),
    ...seriesCounts(),
  },
  (table) => [primaryKey({ columns: [table.day, table.kind, table.value] })],
);

/**
 * Alerts about assistant versions that were worse than the one before (lib/analytics/versions.ts), one per version. Closed
 * ones stay. The job writes the comparison; the columns for actions are written for people's actions, as with alerts.
 */
export const versionAlerts = pgTable(
  "version_alerts",
  {
    id: uuid().notNull().unique().defaultRandom(),
    assistant: text().notNull(),
    version: text().notNull(),
    assistantName: text(),
    baseline: text().notNull(),
    /** The comparison when it opened, updated while it is open. */
    metrics: jsonb().$type<MetricComparison[]>().notNull(),
    /** Number of calls compared, by version. */
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

/** People's actions on worse versions. */
export const versionAlertActs = pgTable(
  "version_alert_acts",
  {
    ...actionColumns(),
    versionAlertId: uuid()
      .notNull()
      .references(() => versionAlerts.id, { onDelete: "cascade" }),
  },
  (table) => [index("version_alert_acts_alert").on(table.versionAlertId)],
);
