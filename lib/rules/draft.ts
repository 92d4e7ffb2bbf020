import type { Severity } from "@/lib/alerts/alert";
import type { Condition, SimpleCondition } from "@/lib/rules/condition";
import type { LiveAction, NewRule, RuleAction, StoredRule } from "@/lib/rules/rule";
import { isLiveAction } from "@/lib/rules/rule";
import { sensitiveKinds } from "@/lib/rules/sensitive-data";

/** One condition of the form, with what it is known by while it is edited. */
export interface ConditionDraft {
  key: string;
  isNot: boolean;
  condition: SimpleCondition;
}

/** A rule as its form has it: one list of conditions, and each action at most once. */
export interface RuleDraft {
  name: string;
  severity: Severity;
  /** As typed, with commas between. */
  assistants: string;
  join: "and" | "or";
  conditions: readonly ConditionDraft[];
  /** What the form cannot show, kept as it is; null for what it can. */
  nested: Condition | null;
  alerts: boolean;
  /** A channel's id, "all", or "" for none. */
  notify: string;
  tag: string;
  say: string;
  /** A team's id, or "" for none. */
  transferTo: string;
  ends: boolean;
  /** Actions the form does not show. */
  others: readonly RuleAction[];
}

/** A new condition of a kind. */
export function initialCondition(kind: SimpleCondition["kind"]): SimpleCondition {
  switch (kind) {
    case "phrase":
      return { kind, speaker: "user", phrase: "", match: "words" };
    case "sensitive-data":
      return { kind, speaker: "any", data: [...sensitiveKinds] };
    case "tool-failing":
      return { kind, tool: null, failures: 3, of: 5 };
    case "no-answer":
    case "silence":
      return { kind, seconds: 15 };
    case "interruptions":
      return { kind, count: 5 };
    case "length":
      return { kind, seconds: 600 };
    case "cost":
      return { kind, usd: 1 };
    case "response-time":
      return { kind, seconds: 3, percentile: 95 };
    case "end-reason":
      return { kind, reasons: [], groups: ["provider-fault"] };
    case "threat":
      return { kind };
  }
}

function isSimple(condition: Condition): condition is SimpleCondition {
  return condition.kind !== "and" && condition.kind !== "or" && condition.kind !== "not";
}

function toConditionDraft(condition: Condition, index: number): ConditionDraft | null {
  const isNot = condition.kind === "not";
  const inner = condition.kind === "not" ? condition.of : condition;
  return isSimple(inner) ? { key: String(index), isNot, condition: inner } : null;
}

export const emptyDraft: RuleDraft = {
  name: "",
  severity: "warning",
  assistants: "",
  join: "and",
  conditions: [{ key: "0", isNot: false, condition: initialCondition("phrase") }],
  nested: null,
  alerts: true,
  notify: "",
  tag: "",
  say: "",
  transferTo: "",
  ends: false,
  others: [],
};

export function toDraft({ name, severity, scope, when, do: actions }: StoredRule): RuleDraft {
  const parts = when.kind === "and" || when.kind === "or" ? when.of : [when];
  const conditions = parts.flatMap((part, index) => toConditionDraft(part, index) ?? []);
  const rest = [...actions];
  const take = <K extends RuleAction["kind"]>(kind: K) => {
    const index = rest.findIndex((action) => action.kind === kind && isShown(action));
    return index < 0 ? null : (rest.splice(index, 1)[0] as Extract<RuleAction, { kind: K }>);
  };
  const notify = take("notify");
  const transfer = take("transfer");
  return {
    name,
    severity,
    assistants: scope.assistants.join(", "),
    join: when.kind === "or" ? "or" : "and",
    conditions,
    nested: conditions.length === parts.length ? null : when,
    alerts: take("alert") !== null,
    notify: notify ? (notify.channelId ?? "all") : "",
    tag: take("tag")?.tag ?? "",
    say: take("say")?.text ?? "",
    transferTo: transfer && "directoryId" in transfer.to ? transfer.to.directoryId : "",
    ends: take("end") !== null,
    others: rest,
  };
}

/** Whether the form can show an action whole. */
function isShown(action: RuleAction): boolean {
  if (action.kind === "transfer") return "directoryId" in action.to && action.say === undefined;
  return action.kind !== "end" || action.say === undefined;
}

const splitList = (text: string) => text.split(/[,\n]/).flatMap((entry) => entry.trim() || []);

/** The rule that a draft says, to be checked by `ruleSchema`. What the form does not show stays as it was. */
export function toRule(draft: RuleDraft, known: StoredRule | null): NewRule {
  const parts = draft.conditions.map(
    ({ isNot, condition }): Condition => (isNot ? { kind: "not", of: condition } : condition),
  );
  const [first, ...more] = parts;
  const joined: Condition = first && more.length === 0 ? first : { kind: draft.join, of: parts };
  return {
    name: draft.name,
    enabled: known?.enabled ?? true,
    severity: draft.severity,
    scope: { numbers: [], directions: [], ...known?.scope, assistants: splitList(draft.assistants) },
    when: draft.nested ?? joined,
    do: toActions(draft),
  };
}

function toActions({ alerts, notify, tag, say, transferTo, ends, others }: RuleDraft): RuleAction[] {
  const live: LiveAction[] = [
    ...(say.trim() ? [{ kind: "say" as const, text: say }] : []),
    ...(transferTo ? [{ kind: "transfer" as const, to: { directoryId: transferTo } }] : []),
    ...(ends ? [{ kind: "end" as const }] : []),
  ];
  return [
    ...(alerts ? [{ kind: "alert" as const }] : []),
    ...(notify ? [{ kind: "notify" as const, channelId: notify === "all" ? null : notify }] : []),
    ...(tag.trim() ? [{ kind: "tag" as const, tag }] : []),
    ...live,
    ...others,
  ];
}

/** What a rule does, in words. */
export function describeActions(actions: readonly RuleAction[]): string {
  const words = {
    alert: "alert",
    tag: "tag",
    notify: "notify",
    say: "say",
    transfer: "transfer",
    end: "end call",
  };
  return actions
    .map((action) => (action.kind === "tag" ? `tag “${action.tag}”` : words[action.kind]))
    .join(", ");
}

export const hasLiveActions = ({ do: actions }: Pick<StoredRule, "do">) => actions.some(isLiveAction);
