import { boolean, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

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
