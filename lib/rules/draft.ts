import type { Severity } from "@/lib/alerts/alert";
import type { Condition, SimpleCondition } from "@/lib/rules/condition";
import type { LiveAction, NewRule, RuleAction, StoredRule } from "@/lib/rules/rule";
import { isLiveAction } from "@/lib/rules/rule";
import { sensitiveKinds } from "@/lib/rules/sensitive-data";

interface Drafted {
  /** Identifies it while it is edited. */
  key: string;
  isNot: boolean;
}

export interface SimpleDraft extends Drafted {
  condition: SimpleCondition;
}

export interface GroupDraft extends Drafted {
  join: "and" | "or";
  of: readonly ConditionDraft[];
}

/** A condition in the form, or a group of conditions. */
export type ConditionDraft = SimpleDraft | GroupDraft;

/** A rule as edited in the form, with each action at most once. */
export interface RuleDraft {
  name: string;
  severity: Severity;
  scope: NewRule["scope"];
  /** Not negated and not empty. */
  when: GroupDraft;
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

/** The initial values of a new condition. */
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

export const newCondition = (): SimpleDraft => ({
  key: crypto.randomUUID(),
  isNot: false,
  condition: initialCondition("phrase"),
});

/** Starts with two conditions: a group of one would equal the condition itself. */
export const newGroup = (): GroupDraft => ({
  key: crypto.randomUUID(),
  isNot: false,
  join: "or",
  of: [newCondition(), newCondition()],
});

function toConditionDraft(condition: Condition, key: string): ConditionDraft {
  switch (condition.kind) {
    case "and":
    case "or":
      return {
        key,
        isNot: false,
        join: condition.kind,
        of: condition.of.map((each, index) => toConditionDraft(each, `${key}.${index}`)),
      };
    case "not": {
      const inner = toConditionDraft(condition.of, `${key}.0`);
      // A double negation becomes a negated group with one negated item.
      return inner.isNot ? { key, isNot: true, join: "and", of: [inner] } : { ...inner, key, isNot: true };
    }
    default:
      return { key, isNot: false, condition };
  }
}

function toRootDraft(when: Condition): GroupDraft {
  const whole = toConditionDraft(when, "0");
  return "of" in whole && !whole.isNot ? whole : { key: "root", isNot: false, join: "and", of: [whole] };
}

function toCondition(draft: ConditionDraft): Condition {
  const inner = "of" in draft ? joinParts(draft) : draft.condition;
  return draft.isNot ? { kind: "not", of: inner } : inner;
}

function joinParts({ join, of }: GroupDraft): Condition {
  const [first, ...more] = of.map(toCondition);
  return first && more.length === 0 ? first : { kind: join, of: first ? [first, ...more] : [] };
}

export const emptyDraft: RuleDraft = {
  name: "",
  severity: "warning",
  scope: { assistants: [], numbers: [], directions: [] },
  when: {
    key: "root",
    isNot: false,
    join: "and",
    of: [{ key: "0", isNot: false, condition: initialCondition("phrase") }],
  },
  alerts: true,
  notify: "",
  tag: "",
  say: "",
  transferTo: "",
  ends: false,
  others: [],
};

export function toDraft({ name, severity, scope, when, do: actions }: NewRule): RuleDraft {
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
    scope,
    when: toRootDraft(when),
    alerts: take("alert") !== null,
    notify: notify ? (notify.channelId ?? "all") : "",
    tag: take("tag")?.tag ?? "",
    say: take("say")?.text ?? "",
    transferTo: transfer && "directoryId" in transfer.to ? transfer.to.directoryId : "",
    ends: take("end") !== null,
    others: rest,
  };
}

/** Whether the form can show an action completely. */
function isShown(action: RuleAction): boolean {
  if (action.kind === "transfer") return "directoryId" in action.to && action.say === undefined;
  return action.kind !== "end" || action.say === undefined;
}

/** Returns the rule of a draft, unvalidated (see `ruleSchema`). */
export function toRule(draft: RuleDraft, known: Pick<StoredRule, "enabled"> | null): NewRule {
  return {
    name: draft.name,
    enabled: known?.enabled ?? true,
    severity: draft.severity,
    scope: draft.scope,
    when: toCondition(draft.when),
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

/** A rule's actions as text. */
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
