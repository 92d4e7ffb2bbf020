import type { ArtifactMessage } from "@/scripts/simulator/artifact";

/** The same entry as OpenAI writes it: `bot` is `assistant`, a result is a message of the role `tool`. */
export function toOpenAiMessage(entry: ArtifactMessage): Record<string, unknown> {
  switch (entry.role) {
    case "tool_calls":
      return { role: "assistant", tool_calls: entry.toolCalls };
    case "tool_call_result":
      return { role: "tool", tool_call_id: entry.toolCallId, content: entry.result };
    case "bot":
      return { role: "assistant", content: entry.message };
    default:
      return { role: entry.role, content: entry.message };
  }
}
