import type { Artifact, ArtifactMessage } from "@/scripts/simulator/artifact";
import { toOpenAiMessage } from "@/scripts/simulator/to-openai-message";

const limit = 999;

/** While the call lasts Vapi cuts the system prompt to 999 characters and three dots; the report has it whole. */
export function shortenPrompt(entry: ArtifactMessage): ArtifactMessage {
  if (entry.role !== "system" || entry.message.length <= limit) return entry;
  return { ...entry, message: `${entry.message.slice(0, limit)}...` };
}

/** The conversation so far, as it rides along with every message of a call. */
export function buildArtifact(messages: readonly ArtifactMessage[]): Artifact {
  const shown = messages.map(shortenPrompt);
  return { messages: shown, messagesOpenAIFormatted: shown.map(toOpenAiMessage) };
}
