import { bigint, doublePrecision, integer } from "drizzle-orm/pg-core";

/** The columns of lib/analytics/measures.ts, for the table of single calls and for that of their sums. */
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
});
