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

/** How far an import from Vapi has come, so that one that was cut off goes on where it was. */
export const importRuns = pgTable("import_runs", {
  /** What is imported: from, to, assistant. */
  key: text().primaryKey(),
  /** Calls made after this have been gone through: Vapi lists the newest first. Null at the beginning and after the end. */
  doneDownTo: moment(),
  updatedAt: moment().notNull(),
});

/** Which realtime channels somebody listens to, by the newest word of it: words may come in any order. */
export const occupiedChannels = pgTable("occupied_channels", {
  channel: text().primaryKey(),
  isOccupied: boolean().notNull(),
  at: moment().notNull(),
});

/** One row: the generation of channel names in use now. */
export const realtimeGenerations = pgTable(
  "realtime_generations",
  {
    id: smallint().primaryKey().default(1),
    generation: text().notNull(),
  },
  (table) => [check("realtime_generations_one", sql`${table.id} = 1`)],
);

/**
 * Who may listen to the channels of a generation, and as what. No foreign keys: a grant whose session is gone is what
 * tells that the generation has to end.
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

/** How far retention has come, so that it need not look at every old call each minute. */
export const retentionProgress = pgTable("retention_progress", {
  kind: text().$type<CallRetentionKind>().primaryKey(),
  /** Calls made before this have been through. */
  sweptUntil: moment().notNull(),
  /** Events received before this have been looked at: what comes in late for an old call is found by them. */
  seenUntil: moment().notNull(),
});

/** What a job could not process for its own content, so that it does not hold up the rest. Gone once it succeeds. */
export const setAside = pgTable(
  "set_aside",
  {
    job: text().notNull(),
    /** What the job calls it: a call's id, a day, a step. */
    item: text().notNull(),
    /** In words without data of a caller. */
    reason: text().notNull(),
    failures: integer().notNull().default(1),
    firstAt: moment().notNull().defaultNow(),
    lastAt: moment().notNull().defaultNow(),
    /** The job leaves it alone until then. */
    retryAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.job, table.item] }),
    index("set_aside_last_at").on(table.lastAt.desc()),
  ],
);

/** What an admin has set, by name; what nobody has set stands in the code (lib/settings/setting.ts). */
export const settings = pgTable("settings", {
  name: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: moment().notNull().defaultNow(),
});

/** When each job of the tick was last begun, by whichever process took its turn. */
export const tickJobs = pgTable("tick_jobs", {
  name: text().primaryKey(),
  begunAt: moment().notNull(),
});

/** Who has which call open, by the newest word of it (Pusher's member webhooks). */
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
