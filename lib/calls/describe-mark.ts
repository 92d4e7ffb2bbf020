import type { Mark, MarkKind } from "@/lib/calls/mark";

const words: Readonly<Record<MarkKind, (detail: string | null) => string>> = {
  "speech-started": () => "Began to speak",
  "speech-stopped": () => "Stopped speaking",
  hang: () => "The assistant is hanging",
  interrupted: () => "The caller interrupted",
  transfer: (detail) => (detail ? `Transferred to ${detail}` : "Transferred"),
  language: (detail) => (detail ? `Language is now ${detail}` : "The language changed"),
  "assistant-started": (detail) => `${detail ?? "The assistant"} took the call`,
};

/** A mark in plain words. */
export function describeMark({ kind, detail }: Mark): string {
  return words[kind](detail);
}
