import { bigint, date, pgTable } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/**
 * The days of UTC that have call_figures, and whether figure_rollups holds for them: while `rolledChanges` is `changes`.
 * Kept by triggers on call_figures, so that no way of changing one, a cascade or a bulk load, can be forgotten.
 */
export const figureDays = pgTable("figure_days", {
  day: date().primaryKey(),
  changes: bigint({ mode: "number" }).notNull(),
  changedAt: moment().notNull().defaultNow(),
  rolledChanges: bigint({ mode: "number" }),
});
