import type { Artifact, ArtifactMessage } from "@/scripts/simulator/artifact";
import { shortenPrompt } from "@/scripts/simulator/shorten-prompt";
import { toOpenAiMessage } from "@/scripts/simulator/to-openai-message";

/** The conversation so far, as it rides along with every message of a call. */
export function buildArtifact(messages: readonly ArtifactMessage[]): Artifact {
  const shown = messages.map(shortenPrompt);
  return { messages: shown, messagesOpenAIFormatted: shown.map(toOpenAiMessage) };
}
