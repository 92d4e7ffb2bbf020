import type { Answer } from "@/lib/routing/answer";
import type { RoutingReply } from "@/lib/routing/reply";
import { toVariables } from "@/lib/routing/to-variables";

/**
 * What Vapi is sent. The conversation's context goes along as variables, and the answer's own overrides and variables
 * outrank it; a destination and an error take none.
 */
export function toReply(answer: Answer, context: Record<string, unknown>): RoutingReply {
  if (answer.kind === "error") return { error: answer.error };
  if (answer.kind === "number" || answer.kind === "sip") return { destination: toDestination(answer) };

  const variableValues = { ...toVariables(context), ...answer.overrides?.variableValues };
  const hasVariables = Object.keys(variableValues).length > 0;
  if (answer.kind === "workflow-id") {
    return { workflowId: answer.workflowId, ...(hasVariables && { workflowOverrides: { variableValues } }) };
  }
  const all = { ...answer.overrides, ...(hasVariables && { variableValues }) };
  const overrides = Object.keys(all).length > 0 ? all : null;
  if (answer.kind === "squad-id" || answer.kind === "squad") {
    const squadOverrides = overrides && { squadOverrides: overrides };
    return answer.kind === "squad"
      ? { squad: answer.squad, ...squadOverrides }
      : { squadId: answer.squadId, ...squadOverrides };
  }
  const assistantOverrides = overrides && { assistantOverrides: overrides };
  return answer.kind === "assistant"
    ? { assistant: answer.assistant, ...assistantOverrides }
    : { assistantId: answer.assistantId, ...assistantOverrides };
}

function toDestination(answer: Extract<Answer, { kind: "number" | "sip" }>) {
  const message = answer.message ? { message: answer.message } : {};
  if (answer.kind === "sip") return { type: "sip" as const, sipUri: answer.sipUri, ...message };
  const extension = answer.extension ? { extension: answer.extension } : {};
  return { type: "number" as const, number: answer.number, ...extension, ...message };
}
