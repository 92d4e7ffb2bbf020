import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { countRules, findRule, insertRule, removeRule, updateRule } from "@/db/queries/rules";
import type { By } from "@/lib/audit/audit";
import { firesAlike } from "@/lib/rules/evaluate";
import { mostRules, type NewRule, type RuleChange, type StoredRule } from "@/lib/rules/rule";
import { forgetRules } from "@/lib/rules/server/in-force";

/** Stores a new rule; null when the limit is reached. */
export async function createRule(db: Database, rule: NewRule, by: By): Promise<StoredRule | null> {
  const created = await db.transaction(async (tx) => {
    if ((await countRules(tx)) >= mostRules) return null;
    const stored = await insertRule(tx, rule);
    await recordAudit(tx, { ...by, action: "alert-rule.created", target: rule.name });
    return stored;
  });
  forgetRules();
  return created;
}

export type Changed =
  | { outcome: "changed"; rule: StoredRule }
  | { outcome: "not-found" }
  /** Live actions were requested without a back-test of the current rule. */
  | { outcome: "untested" };

/**
 * Changes the given fields. If the rule then fires or acts differently, it must be back-tested again before live
 * actions are allowed, and earlier events do not fire it.
 */
export async function changeRule(db: Database, id: string, change: RuleChange, by: By): Promise<Changed> {
  const changed = await db.transaction(async (tx): Promise<Changed> => {
    const before = await findRule(tx, id, true);
    if (!before) return { outcome: "not-found" };
    const { liveActions: wanted, name, enabled, severity, scope, when, do: actions } = change;
    const columns = {
      ...(name !== undefined && { name }),
      ...(enabled !== undefined && { enabled }),
      ...(severity !== undefined && { severity }),
      ...(scope !== undefined && { scope }),
      ...(when !== undefined && { when }),
      ...(actions !== undefined && { do: actions }),
    };
    const after = { ...before, ...columns };
    const isAlike = firesAlike(before, after) && JSON.stringify(before.do) === JSON.stringify(after.do);
    const testedAt = isAlike ? before.testedAt : null;
    if (wanted && testedAt === null) return { outcome: "untested" };
    const liveActions = testedAt !== null && (wanted ?? before.liveActions);
    const isAnew = !isAlike || (after.enabled && !before.enabled);
    await updateRule(tx, id, {
      ...columns,
      liveActions,
      testedAt: testedAt === null ? null : new Date(testedAt),
      ...(isAnew && { activeSince: new Date() }),
    });
    const detail = {
      changed: Object.keys(change).join(", "),
      ...(wanted !== undefined && { "live actions": liveActions ? "on" : "off" }),
    };
    await recordAudit(tx, { ...by, action: "alert-rule.changed", target: after.name, detail });
    const rule = await findRule(tx, id);
    return rule ? { outcome: "changed", rule } : { outcome: "not-found" };
  });
  forgetRules();
  return changed;
}

/** Deletes a rule; its alerts stay. False if there is no such rule. */
export async function deleteRule(db: Database, id: string, by: By): Promise<boolean> {
  const isDeleted = await db.transaction(async (tx) => {
    const name = await removeRule(tx, id);
    if (name !== null) await recordAudit(tx, { ...by, action: "alert-rule.deleted", target: name });
    return name !== null;
  });
  forgetRules();
  return isDeleted;
}
