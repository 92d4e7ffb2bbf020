/** Formats the plain transcript of reports and of `forwarding`: one line per turn, each ended by a line break. */
export function toTranscriptText(messages: readonly ArtifactMessage[]): string {
  return messages
    .map((entry) => {
      if (entry.role === "bot") return `AI: ${entry.message}\n`;
      return entry.role === "user" ? `User: ${entry.message}\n` : "";
    })
    .join("");
}

/** Converts an entry to OpenAI's format: `bot` becomes `assistant`, a result becomes a message with role `tool`. */
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

const limit = 999;

/** During the call, Vapi cuts the system prompt to 999 characters and three dots; the report has it in full. */
export function shortenPrompt(entry: ArtifactMessage): ArtifactMessage {
  if (entry.role !== "system" || entry.message.length <= limit) return entry;
  return { ...entry, message: `${entry.message.slice(0, limit)}...` };
}

/** Builds the conversation so far, which every message of a call carries. */
export function buildArtifact(messages: readonly ArtifactMessage[]): Artifact {
  const shown = messages.map(shortenPrompt);
  return { messages: shown, messagesOpenAIFormatted: shown.map(toOpenAiMessage) };
}

/** One entry of `artifact.messages`, in Vapi's own format. Times are epoch milliseconds, durations milliseconds. */
export type ArtifactMessage = SystemMessage | SpokenMessage | ToolCallsMessage | ToolResultMessage;

interface Placed {
  time: number;
  secondsFromStart: number;
}

interface SystemMessage extends Placed {
  role: "system";
  message: string;
}

export interface SpokenMessage extends Placed {
  role: "bot" | "user";
  message: string;
  endTime: number;
  duration: number;
  source?: string;
  metadata?: Record<string, unknown>;
}

interface ToolCallsMessage extends Placed {
  role: "tool_calls";
  /** Arguments are JSON text here, unlike in the event. */
  toolCalls: { id: string; type: "function"; function: { name: string; arguments: string } }[];
  message: string;
}

interface ToolResultMessage extends Placed {
  role: "tool_call_result";
  name: string;
  result: string;
  toolCallId: string;
}

/** The part that grows from message to message: the conversation so far, in Vapi's format and in OpenAI's. */
export interface Artifact {
  messages: readonly ArtifactMessage[];
  messagesOpenAIFormatted: readonly Record<string, unknown>[];
  [key: string]: unknown;
}
