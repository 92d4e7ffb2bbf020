import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/** Which realtime channels somebody listens to, by the newest word of it: words may come in any order. */
export const occupiedChannels = pgTable("occupied_channels", {
  channel: text().primaryKey(),
  isOccupied: boolean().notNull(),
  at: moment().notNull(),
});
