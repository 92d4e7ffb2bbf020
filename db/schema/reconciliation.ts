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
    /** Calls made before this are none of its business: Earshot was not asked to watch them. */
    since: moment().notNull().defaultNow(),
    /** Everything that changed in Vapi until then has been gone through. */
    doneUntil: moment().notNull().defaultNow(),
    /** The window being gone through, newest first: its upper end, and how far down it was listed. Null between windows. */
    windowUntil: moment(),
    listedDownTo: moment(),
    checkedAt: moment(),
    /** Why Vapi could not be asked when it last was, in words for a person. */
    failure: text(),
    /** Vapi asked for patience until then. */
    retryAt: moment(),
    /** Since when too little has arrived; null while enough does. */
    gapSince: moment(),
  },
  (table) => [check("reconciliation_one", sql`${table.id} = 1`)],
);

/**
 * One row a call of Vapi's list, kept for two weeks: what arrived of it by itself. The hourly figures are counted from these rows, so
 * that going through a call again changes none of them.
 */
export const reconciledCalls = pgTable(
  "reconciled_calls",
  {
    /** No foreign key: a call of which nothing arrived is none of ours yet, and a deleted one still counts. */
    callId: text().primaryKey(),
    createdAt: moment().notNull(),
    /** When it is looked at again; null once it is over and all of it is here. */
    nextAt: moment(),
    /** When that came about. */
    settledAt: moment(),
    /** Whether any event of it was delivered. */
    isHeard: boolean().notNull().default(false),
    isReportHeard: boolean().notNull().default(false),
  },
  (table) => [
    index("reconciled_calls_created_at").on(table.createdAt.desc()),
    index("reconciled_calls_due").on(table.nextAt).where(sql`${table.nextAt} is not null`),
    // What may still arrive late: next to none.
    index("reconciled_calls_missed")
      .on(table.createdAt.desc())
      .where(sql`${table.settledAt} is not null and not (${table.isHeard} and ${table.isReportHeard})`),
  ],
);

/** Calls that somebody has deleted: nothing that Vapi still knows of them brings them back. */
export const deletedCalls = pgTable("deleted_calls", {
  callId: text().primaryKey(),
  deletedAt: moment().notNull().defaultNow(),
});

/** Imports begun in the browser, each carried on by whichever process takes it. */
export const importJobs = pgTable(
  "import_jobs",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Calls made from here, until before there. */
    fromAt: moment().notNull(),
    untilAt: moment().notNull(),
    state: text().$type<ImportState>().notNull().default("running"),
    startedBy: jsonb().$type<Exclude<AuditActor, { kind: "nobody" }>>().notNull(),
    startedAt: moment().notNull().defaultNow(),
    endedAt: moment(),
    /** Calls made after this have been gone through: Vapi lists the newest first. */
    doneDownTo: moment(),
    /** Where the next page begins; null at the beginning. */
    bound: jsonb().$type<PageBound>(),
    /** Ids of the calls of the last page: some may lie on the next, too. */
    lastPage: jsonb().$type<string[]>().notNull().default([]),
    imported: integer().notNull().default(0),
    known: integer().notNull().default(0),
    goingOn: integer().notNull().default(0),
    deleted: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    /** Of those of one millisecond that fill a page, Vapi may have more than it shows. */
    crowded: integer().notNull().default(0),
    /** What went wrong last, in words for a person. */
    error: text(),
    /** Not asked again before. */
    retryAt: moment(),
    /** Which process is at it; another may take it once the lease is over. */
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
