import { boolean, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/** What all events of one webhook URL share. Made on first sight of its uuid. */
export const conversations = pgTable("conversations", {
  id: uuid().primaryKey(),
  name: text(),
  context: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  version: integer().notNull().default(1),
  /** The newest call seen here, to which an event that names no call belongs. */
  lastCallId: text(),
  lastCallAt: moment(),
  /** Events that named no call came before any call did: the next call to be seen adopts them. */
  hasOrphans: boolean().notNull().default(false),
  createdAt: moment().notNull().defaultNow(),
});
