import { pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { CallRetentionKind } from "@/lib/privacy/subject";

/** How far retention has come, so that it need not look at every old call each minute. */
export const retentionProgress = pgTable("retention_progress", {
  kind: text().$type<CallRetentionKind>().primaryKey(),
  /** Calls made before this have been through. */
  sweptUntil: moment().notNull(),
  /** Events received before this have been looked at: what comes in late for an old call is found by them. */
  seenUntil: moment().notNull(),
});
