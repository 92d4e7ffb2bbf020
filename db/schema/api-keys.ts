import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { Role } from "@/lib/auth/roles";

export const apiKeys = pgTable("api_keys", {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  /** The first characters, to tell keys apart; the rest is known to its holder only. */
  prefix: text().notNull(),
  /** sha256 in hex. A key is 256 random bits, so nothing slower is needed. */
  keyHash: text().notNull().unique(),
  role: text().$type<Role>().notNull(),
  createdBy: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  expiresAt: moment(),
  lastUsedAt: moment(),
  revokedAt: moment(),
});
