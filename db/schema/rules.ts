import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { calls } from "@/db/schema/calls";
import { moment } from "@/db/schema/columns";
import type { Severity } from "@/lib/alerts/alert";
import type { Condition } from "@/lib/rules/condition";
import type { RuleAction, StoredRule } from "@/lib/rules/rule";

/** Admins' rules (lib/rules/rule.ts). */
export const alertRules = pgTable("alert_rules", {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  enabled: boolean().notNull(),
  severity: text().$type<Severity>().notNull(),
  scope: jsonb().$type<StoredRule["scope"]>().notNull(),
  when: jsonb().$type<Condition>().notNull(),
  do: jsonb().$type<RuleAction[]>().notNull(),
  /** Whether say, transfer and end are allowed in live calls. */
  liveActions: boolean().notNull().default(false),
  /** When the current rule was back-tested; null after a change. */
  testedAt: moment(),
  /** Events before the rule was written, changed or switched on do not fire it. */
  activeSince: moment().notNull().defaultNow(),
  createdAt: moment().notNull().defaultNow(),
});

export type AlertRuleRow = typeof alertRules.$inferSelect;

/**
 * Firings of rules: one row per episode of a call, whichever instance finds it and however often its events come. Contains no
 * text of the call; that is in the alert.
 */
export const alertRuleFirings = pgTable(
  "alert_rule_firings",
  {
    /** The id of the alert it raises, if any (lib/alerts/alert.ts). */
    id: text().primaryKey(),
    ruleId: uuid()
      .notNull()
      .references(() => alertRules.id, { onDelete: "cascade" }),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),
    at: moment().notNull(),
    /** When the condition ended; null if it held until the end of the call. */
    until: moment(),
    createdAt: moment().notNull().defaultNow(),
    /**
     * Whether tags and live actions are still to be performed. The tick performs them if the process that noticed the firing
     * dies.
     */
    isDue: boolean().notNull().default(false),
  },
  (table) => [
    index("alert_rule_firings_rule").on(table.ruleId, table.at.desc()),
    index("alert_rule_firings_call").on(table.callId),
    index("alert_rule_firings_due").on(table.createdAt).where(sql`${table.isDue}`),
  ],
);
