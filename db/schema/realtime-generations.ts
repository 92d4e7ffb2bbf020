import { sql } from "drizzle-orm";
import { check, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import type { Role } from "@/lib/auth/roles";

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
