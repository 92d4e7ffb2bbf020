import "server-only";
import type { Database } from "@/db/client";
import { changeTags } from "@/db/queries/reports/review";
import { type FiringRow, findRule, settleFiring } from "@/db/queries/rules";
import type { ControlRequest } from "@/lib/control/control";
import { performControl } from "@/lib/control/server/perform";
import { log } from "@/lib/log";
import { logRepeated } from "@/lib/log-repeated";
import { isLiveAction, type LiveAction, type StoredRule } from "@/lib/rules/rule";
import { hashToUuid } from "@/lib/secrets";

/**
 * Adds the tags and sends the live actions of a firing. Safe to repeat: a tag is added once, and each action's id is
 * derived from the firing and claimed before it is sent (lib/control/server/perform.ts).
 * @param isLate omits the live actions
 */
export async function performFiring(db: Database, firing: FiringRow, isLate: boolean): Promise<void> {
  try {
    const rule = await findRule(db, firing.ruleId);
    if (rule) {
      const tags = rule.do.flatMap((action) => (action.kind === "tag" ? [action.tag] : []));
      const tagged = tags.length > 0 ? await changeTags(db, [firing.callId], tags, []) : 0;
      if (tagged === null) log("warn", "a rule's tags do not fit", { callId: firing.callId });
      if (rule.liveActions && !isLate) await reachCall(rule, firing);
    }
    await settleFiring(db, firing.id);
  } catch (cause) {
    logRepeated("error", "a rule's actions are not done yet", { callId: firing.callId, error: cause });
  }
}

/** Sends the live actions in order, so that a line is spoken before the call ends. */
async function reachCall(rule: StoredRule, { id, callId }: FiringRow): Promise<void> {
  const actor = {
    kind: "api-key" as const,
    id: rule.id,
    name: `Rule “${rule.name}”`,
    role: "operator" as const,
  };
  const by = { actor: { kind: "system" as const, name: actor.name }, ip: null };
  const actions = rule.do.filter(isLiveAction);
  for (const [index, action] of actions.entries()) {
    const request = toRequest(hashToUuid("rule action", id, index), action);
    const { later, answer } = await performControl(callId, request, actor, by);
    await later;
    if (answer.outcome === "failed") log("warn", "a rule's action failed", { callId, action: action.kind });
  }
}

function toRequest(id: string, action: LiveAction): ControlRequest {
  switch (action.kind) {
    case "say":
      return { id, action: "say", text: action.text, endCallAfter: false, interrupt: false };
    case "transfer":
      return { id, action: "transfer", to: action.to, ...(action.say && { say: action.say }) };
    case "end":
      return { id, action: "end", ...(action.say && { say: action.say }) };
  }
}
