import type { ArtifactMessage } from "@/scripts/simulator/artifact";

const limit = 999;

/** While the call lasts Vapi cuts the system prompt to 999 characters and three dots; the report has it whole. */
export function shortenPrompt(entry: ArtifactMessage): ArtifactMessage {
  if (entry.role !== "system" || entry.message.length <= limit) return entry;
  return { ...entry, message: `${entry.message.slice(0, limit)}...` };
}
