import { bigint, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { RefusalReason } from "@/lib/credentials/refusal";

/**
 * Deliveries that were not let in, counted by what they have in common: never a body, never a header's value.
 * Bounded (db/queries/credentials/record-refusals.ts), so that nobody can fill the disk from outside.
 */
export const webhookRefusals = pgTable("webhook_refusals", {
  /** A hash of everything below but the count and the times; the bare reason for what there was no room for. */
  key: text().primaryKey(),
  reason: text().$type<RefusalReason>().notNull(),
  /** The header that was judged. */
  header: text(),
  /** The credential it came nearest to. */
  credentialId: text(),
  /** What would have fitted, where that could be found out. */
  found: text(),
  /** Names only, sorted. */
  headerNames: jsonb().$type<string[]>().notNull(),
  /** Where from: a /24 of IPv4, a /48 of IPv6. */
  addressRange: text(),
  count: bigint({ mode: "number" }).notNull(),
  firstAt: moment().notNull(),
  lastAt: moment().notNull(),
});
