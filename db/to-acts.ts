import type { alertActs } from "@/db/schema/alert-acts";
import type { Act } from "@/lib/alerts/alert";

type ActRow = typeof alertActs.$inferSelect;

/** What was done about an alert, oldest first, in the shape everybody outside `db/` knows. */
export function toActs(rows: readonly ActRow[]): Act[] {
  return rows
    .toSorted((a, b) => a.id - b.id)
    .map(({ kind, by, at, text, assignee }) => ({ kind, by, at: at.toISOString(), text, assignee }));
}
