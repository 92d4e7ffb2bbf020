import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { Severity } from "@/lib/alerts/alert";
import type { Condition } from "@/lib/rules/condition";
import type { RuleAction, StoredRule } from "@/lib/rules/rule";

/** Rules that admins write (lib/rules/rule.ts). */
export const alertRules = pgTable("alert_rules", {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  enabled: boolean().notNull(),
  severity: text().$type<Severity>().notNull(),
  scope: jsonb().$type<StoredRule["scope"]>().notNull(),
  when: jsonb().$type<Condition>().notNull(),
  do: jsonb().$type<RuleAction[]>().notNull(),
  /** Whether say, transfer and end reach live calls. */
  liveActions: boolean().notNull().default(false),
  /** When a back-test of the rule as it is was seen; null since it last changed. */
  testedAt: moment(),
  /** What happened before the rule was written, changed or switched on fires nothing. */
  activeSince: moment().notNull().defaultNow(),
  createdAt: moment().notNull().defaultNow(),
});

export type AlertRuleRow = typeof alertRules.$inferSelect;

/**
 * Each time a rule fired: one row an episode of a call, whatever instance sees it and however often its events come. No words:
 * those stand in the alert.
 */
export const alertRuleFirings = pgTable(
  "alert_rule_firings",
  {
    /** The id of the alert it raises, if it raises one (lib/alerts/alert.ts). */
    id: text().primaryKey(),
    ruleId: uuid()
      .notNull()
      .references(() => alertRules.id, { onDelete: "cascade" }),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    at: moment().notNull(),
    /** When it stopped to hold; null for what holds until the call's end. */
    until: moment(),
    createdAt: moment().notNull().defaultNow(),
    /** Tags and live actions are still to be done. The tick does them if the process that noticed the firing dies. */
    isDue: boolean().notNull().default(false),
  },
  (table) => [
    index("alert_rule_firings_rule").on(table.ruleId, table.at.desc()),
    index("alert_rule_firings_call").on(table.callId),
    index("alert_rule_firings_due").on(table.createdAt).where(sql`${table.isDue}`),
  ],
);
