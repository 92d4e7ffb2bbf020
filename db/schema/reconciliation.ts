import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { AuditActor } from "@/lib/audit/audit";
import type { ImportState } from "@/lib/imports/job";
import type { PageBound } from "@/lib/vapi/list-calls";

/** One row: how far Vapi's list of calls has been compared with what arrived. */
export const reconciliation = pgTable(
  "reconciliation",
  {
    id: smallint().primaryKey().default(1),
    /** Earlier calls are not compared: Earshot was not connected yet. */
    since: moment().notNull().defaultNow(),
    /** All changes in Vapi up to here have been handled. */
    doneUntil: moment().notNull().defaultNow(),
    /** The window being read, newest first: its upper end, and how far down it was read. Null between windows. */
    windowUntil: moment(),
    listedDownTo: moment(),
    checkedAt: moment(),
    /** Why the last request to Vapi failed, in words for people. */
    failure: text(),
    /** Vapi asked us to wait until then. */
    retryAt: moment(),
    /** When deliveries began to be missing; null while enough arrive. */
    gapSince: moment(),
  },
  (table) => [check("reconciliation_one", sql`${table.id} = 1`)],
);

/**
 * One row per call on Vapi's list, kept for two weeks, with what Vapi delivered of it. The hourly figures are counted from
 * these rows, so reading a call again does not change them.
 */
export const reconciledCalls = pgTable(
  "reconciled_calls",
  {
    /** No foreign key: a call may not have arrived, and a deleted call still counts. */
    callId: text().primaryKey(),
    createdAt: moment().notNull(),
    /** When to check it again; null once it has ended and is complete. */
    nextAt: moment(),
    /** When it was found complete. */
    settledAt: moment(),
    /** Whether any event of it was delivered. */
    isHeard: boolean().notNull().default(false),
    isReportHeard: boolean().notNull().default(false),
  },
  (table) => [
    index("reconciled_calls_created_at").on(table.createdAt.desc()),
    index("reconciled_calls_due").on(table.nextAt).where(sql`${table.nextAt} is not null`),
    // Calls that may still arrive late: very few.
    index("reconciled_calls_missed")
      .on(table.createdAt.desc())
      .where(sql`${table.settledAt} is not null and not (${table.isHeard} and ${table.isReportHeard})`),
  ],
);

/** Deleted calls, so that neither a late event nor an import from Vapi brings them back. */
export const deletedCalls = pgTable(
  "deleted_calls",
  {
    callId: text().primaryKey(),
    deletedAt: moment().notNull().defaultNow(),
  },
  // Rows are appended in this order.
  (table) => [index("deleted_calls_deleted_at").using("brin", table.deletedAt)],
);

/** Imports started in the browser; any process may continue one. */
export const importJobs = pgTable(
  "import_jobs",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Calls made from here, until before `untilAt`. */
    fromAt: moment().notNull(),
    untilAt: moment().notNull(),
    state: text().$type<ImportState>().notNull().default("running"),
    startedBy: jsonb().$type<Exclude<AuditActor, { kind: "nobody" }>>().notNull(),
    startedAt: moment().notNull().defaultNow(),
    endedAt: moment(),
    /** Later calls have been handled: Vapi lists the newest first. */
    doneDownTo: moment(),
    /** Where the next page starts; null at the beginning. */
    bound: jsonb().$type<PageBound>(),
    /** Ids on the last page: some may be on the next one too. */
    lastPage: jsonb().$type<string[]>().notNull().default([]),
    imported: integer().notNull().default(0),
    known: integer().notNull().default(0),
    goingOn: integer().notNull().default(0),
    deleted: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    /** Groups of calls of one millisecond that fill a page: Vapi may have more than it shows. */
    crowded: integer().notNull().default(0),
    /** The last error, for people. */
    error: text(),
    /** No request to Vapi before then. */
    retryAt: moment(),
    /** The process that holds it; another may take it after the lease. */
    holder: uuid(),
    leasedUntil: moment(),
  },
  (table) => [
    index("import_jobs_started_at").on(table.startedAt.desc()),
    uniqueIndex("import_jobs_one_at_a_time")
      .on(sql`(true)`)
      .where(sql`${table.state} in ('running', 'paused')`),
  ],
);
