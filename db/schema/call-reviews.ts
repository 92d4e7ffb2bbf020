import { jsonb, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { AlertActor } from "@/lib/alerts/alert";

/** What people make of a call. The document has copies of tags and score, to be found by. */
export const callReviews = pgTable("call_reviews", {
  callId: text()
    .primaryKey()
    .references(() => calls.id, { onDelete: "cascade" }),
  tags: text().array().notNull().default([]),
  /** 1 to 5. */
  score: smallint(),
  scoredBy: jsonb().$type<AlertActor>(),
  scoredAt: moment(),
});
