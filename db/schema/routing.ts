import { boolean, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { Answer, Rule } from "@/lib/routing/routing";

/** Who takes which call: one row for all rules, so that their order and the version that two editors meet in are one thing. */
export const routing = pgTable("routing", {
  /** Always true: there is one row, or none until somebody has made a rule. */
  id: boolean().primaryKey().default(true),
  version: integer().notNull(),
  rules: jsonb().$type<Rule[]>().notNull(),
  defaultAnswer: jsonb().$type<Answer>(),
  changedBy: text().notNull(),
  changedAt: moment().notNull().defaultNow(),
});
