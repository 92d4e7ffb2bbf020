import type { Mark, MarkKind } from "@/lib/calls/mark";
import { nameArtifact } from "@/lib/calls/name-artifact";
import { nameLanguage } from "@/lib/calls/name-language";

const words: Readonly<Record<MarkKind, (detail: string | null) => string>> = {
  "speech-started": () => "Began to speak",
  "speech-stopped": () => "Stopped speaking",
  hang: () => "The assistant is hanging",
  interrupted: () => "The caller interrupted",
  transfer: (detail) => (detail ? `Transferred to ${detail}` : "Transferred"),
  "transfer-answered": (detail) => (detail ? `Transfer asked for: to ${detail}` : "Transfer asked for"),
  "transfer-refused": (detail) => (detail ? `No transfer: ${detail}` : "No transfer"),
  language: (detail) => (detail ? `Language changed to ${nameLanguage(detail)}` : "The language changed"),
  "assistant-started": (detail) => `${detail ?? "The assistant"} took the call`,
  knowledge: (detail) => `Knowledge base asked: ${detail ?? "nothing found"}`,
  "hang-up-asked": (detail) => `Vapi asks for the call to be hung up${detail ? `: ${detail}` : ""}`,
  "forward-asked": (detail) => `Vapi asks for the call to be forwarded${detail ? ` to ${detail}` : ""}`,
  stored: (detail) => `${nameArtifact(detail ?? "An artifact")} is in your storage`,
  "not-stored": (detail) => `${nameArtifact(detail ?? "An artifact")} did not get into your storage`,
  deleted: () => "Deleted at Vapi; what is here stays",
  "delete-failed": () => "Vapi could not delete the call",
};

/** A mark in plain words. */
export function describeMark({ kind, detail }: Mark): string {
  return words[kind](detail);
}
