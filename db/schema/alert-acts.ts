import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { alerts } from "@/db/schema/alerts";
import { moment } from "@/db/schema/columns";
import type { ActKind, AlertActor } from "@/lib/alerts/alert";

/** What people did about an alert. Inserted once; names are copied, for people may be gone when somebody reads it. */
export const alertActs = pgTable(
  "alert_acts",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    alertId: text()
      .notNull()
      .references(() => alerts.id, { onDelete: "cascade" }),
    kind: text().$type<ActKind>().notNull(),
    by: jsonb().$type<AlertActor>().notNull(),
    at: moment().notNull(),
    text: text(),
    assignee: jsonb().$type<AlertActor>(),
  },
  (table) => [index("alert_acts_alert").on(table.alertId)],
);
