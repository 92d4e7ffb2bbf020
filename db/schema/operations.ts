import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
} from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { Role } from "@/lib/auth/roles";
import type { CallRetentionKind } from "@/lib/privacy/subject";

/** The progress of imports from Vapi, so that an interrupted one resumes. */
export const importRuns = pgTable("import_runs", {
  /** The import's parameters: from, to, assistant. */
  key: text().primaryKey(),
  /** Later calls have been handled: Vapi lists the newest first. Null at the start and after the end. */
  doneDownTo: moment(),
  updatedAt: moment().notNull(),
});

/** Which realtime channels are occupied, by their newest event; events may arrive in any order. */
export const occupiedChannels = pgTable("occupied_channels", {
  channel: text().primaryKey(),
  isOccupied: boolean().notNull(),
  at: moment().notNull(),
});

/** One row: the current generation of channel names. */
export const realtimeGenerations = pgTable(
  "realtime_generations",
  {
    id: smallint().primaryKey().default(1),
    generation: text().notNull(),
  },
  (table) => [check("realtime_generations_one", sql`${table.id} = 1`)],
);

/**
 * Who may listen to a generation's channels, and with which role. No foreign keys: a grant without its session shows that the
 * generation must end.
 */
export const realtimeGrants = pgTable(
  "realtime_grants",
  {
    generation: text().notNull(),
    holderKind: text().$type<"person" | "api-key">().notNull(),
    /** A session's id, or an API key's. */
    holderId: text().notNull(),
    role: text().$type<Role>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.generation, table.holderKind, table.holderId] })],
);

/** The progress of retention, so that it need not read every old call each minute. */
export const retentionProgress = pgTable("retention_progress", {
  kind: text().$type<CallRetentionKind>().primaryKey(),
  /** Earlier calls have been handled. */
  sweptUntil: moment().notNull(),
  /** Events received earlier have been searched for calls that must be swept again. */
  seenUntil: moment().notNull(),
});

/**
 * Items a job could not process because of their content, set aside so that the rest continues. Removed once they succeed.
 */
export const setAside = pgTable(
  "set_aside",
  {
    job: text().notNull(),
    /** The item's name in the job: a call's id, a day, a step. */
    item: text().notNull(),
    /** Without caller data. */
    reason: text().notNull(),
    failures: integer().notNull().default(1),
    firstAt: moment().notNull().defaultNow(),
    lastAt: moment().notNull().defaultNow(),
    /** The job skips the item until then. */
    retryAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.job, table.item] }),
    index("set_aside_last_at").on(table.lastAt.desc()),
  ],
);

/** Admins' settings by name; defaults are in the code (lib/settings/setting.ts). */
export const settings = pgTable("settings", {
  name: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: moment().notNull().defaultNow(),
});

/** When each job of the tick last started, in any process. */
export const tickJobs = pgTable("tick_jobs", {
  name: text().primaryKey(),
  begunAt: moment().notNull(),
});

/** Who has which call open, by the newest of Pusher's member webhooks. */
export const watchers = pgTable(
  "watchers",
  {
    /** The call's presence channel. */
    channel: text().notNull(),
    userId: text().notNull(),
    isPresent: boolean().notNull(),
    at: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.channel, table.userId] })],
);
