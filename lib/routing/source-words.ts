import type { Source } from "@/lib/routing/choose-answer";

/** Who answered a call, in words. */
export const sourceWords = {
  conversation: "The conversation's own answer",
  rule: "A rule",
  default: "The default",
  fallback: "FALLBACK_ASSISTANT_ID",
  apology: "A spoken apology",
} as const satisfies Record<Source, string>;
