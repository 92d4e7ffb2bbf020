import type { AnswerKind } from "@/lib/routing/routing";

/** What a call can be answered with, in the order of how often people want it. */
export const answerKinds = [
  { value: "assistant-id", label: "An assistant, by its id" },
  { value: "squad-id", label: "A squad, by its id" },
  { value: "workflow-id", label: "A workflow, by its id" },
  { value: "number", label: "A transfer to a number" },
  { value: "sip", label: "A transfer to a SIP address" },
  { value: "error", label: "A sentence, and nobody" },
  { value: "assistant", label: "An assistant written here (JSON)" },
  { value: "squad", label: "A squad written here (JSON)" },
] as const satisfies { value: AnswerKind; label: string }[];
