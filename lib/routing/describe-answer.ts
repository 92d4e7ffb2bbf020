import type { Answer } from "@/lib/routing/answer";

/** Who takes the call, in a few words. */
export function describeAnswer(answer: Answer): string {
  switch (answer.kind) {
    case "assistant-id":
      return `assistant ${answer.assistantId}`;
    case "assistant":
      return `an assistant of its own${answer.assistant.name ? `, ${answer.assistant.name}` : ""}`;
    case "squad-id":
      return `squad ${answer.squadId}`;
    case "squad":
      return `a squad of its own, ${answer.squad.members.length} members`;
    case "workflow-id":
      return `workflow ${answer.workflowId}`;
    case "number":
      return `a transfer to ${answer.number}${answer.extension ? `, extension ${answer.extension}` : ""}`;
    case "sip":
      return `a transfer to ${answer.sipUri}`;
    case "error":
      return `no assistant; the caller hears “${answer.error}”`;
  }
}
