import { conversationAnswerSchema } from "@/lib/conversations/conversation";
import type { Answer } from "@/lib/routing/answer";
import { findMismatch, type Mismatch, type Situation } from "@/lib/routing/find-mismatch";
import type { RoutingReply } from "@/lib/routing/reply";
import type { Routing } from "@/lib/routing/routing";
import { toReply } from "@/lib/routing/to-reply";

export type Source = "conversation" | "rule" | "default" | "fallback" | "apology";

/** What became of one rule. "outranked": it matches, and something before it had answered. */
export interface Finding {
  ruleId: string;
  name: string;
  outcome: "answers" | "outranked" | "failed" | "disabled";
  mismatch: Mismatch | null;
}

export interface Decision {
  reply: RoutingReply;
  source: Source;
  /** The rule that answers, where one does. */
  rule: { id: string; name: string } | null;
  findings: Finding[];
  /** What else there is to know, such as an answer that had to be passed over. */
  remarks: string[];
}

export interface Choice extends Situation {
  /** Null where no rules are known. */
  routing: Routing | null;
  /** The conversation's own answer as it is stored; null or undefined where it has none. */
  ownAnswer: unknown;
  fallbackAssistantId: string | undefined;
}

const apology = "We are sorry, nobody can take your call right now. Please try again later.";

/**
 * Who takes a call, and why: the conversation's own answer, else the first rule that matches, else the default, else
 * FALLBACK_ASSISTANT_ID, else a spoken apology. Pure, and the same for a call and for a dry run.
 */
export function chooseAnswer(choice: Choice): Decision {
  const remarks: string[] = [];
  if (choice.routing === null) remarks.push("The rules could not be read.");
  if (choice.context === null) remarks.push("The conversation's context could not be read.");
  const own = readOwn(choice.ownAnswer, remarks);
  const findings = judgeRules(choice, own !== null);
  const answering = findings.find(({ outcome }) => outcome === "answers");
  const rule = choice.routing?.rules.find(({ id }) => id === answering?.ruleId);

  const decide = (source: Source, reply: RoutingReply): Decision => ({
    source,
    reply,
    rule: rule ? { id: rule.id, name: rule.name } : null,
    findings,
    remarks,
  });
  const context = choice.context ?? {};
  if (own) return decide("conversation", toReply(own, context));
  if (rule) return decide("rule", toReply(rule.answer, context));
  if (choice.routing?.defaultAnswer) return decide("default", toReply(choice.routing.defaultAnswer, context));
  if (choice.fallbackAssistantId) {
    const fallback = { kind: "assistant-id", assistantId: choice.fallbackAssistantId } as const;
    return decide("fallback", toReply(fallback, context));
  }
  return decide("apology", { error: apology });
}

function readOwn(stored: unknown, remarks: string[]): Answer | null {
  if (stored === null || stored === undefined) return null;
  const parsed = conversationAnswerSchema.safeParse(stored);
  if (!parsed.success)
    remarks.push("The conversation's own answer is not one Vapi takes: it is passed over.");
  return parsed.data ? { kind: "assistant-id", assistantId: parsed.data.assistantId } : null;
}

function judgeRules({ routing, ...situation }: Choice, isAnswered: boolean): Finding[] {
  let hasAnswer = isAnswered;
  return (routing?.rules ?? []).map(({ id, name, isEnabled, when }): Finding => {
    const found = { ruleId: id, name, mismatch: null };
    if (!isEnabled) return { ...found, outcome: "disabled" };
    const mismatch = findMismatch(when, situation);
    if (mismatch) return { ...found, outcome: "failed", mismatch };
    if (hasAnswer) return { ...found, outcome: "outranked" };
    hasAnswer = true;
    return { ...found, outcome: "answers" };
  });
}
