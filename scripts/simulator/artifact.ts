/** One entry of `artifact.messages`, in Vapi's own format. Times are epoch milliseconds, durations milliseconds. */
export type ArtifactMessage = SystemMessage | SpokenMessage | ToolCallsMessage | ToolResultMessage;

interface Placed {
  time: number;
  secondsFromStart: number;
}

export interface SystemMessage extends Placed {
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

export interface ToolCallsMessage extends Placed {
  role: "tool_calls";
  /** Arguments stand here as JSON text, unlike in the event. */
  toolCalls: { id: string; type: "function"; function: { name: string; arguments: string } }[];
  message: string;
}

export interface ToolResultMessage extends Placed {
  role: "tool_call_result";
  name: string;
  result: string;
  toolCallId: string;
}

/** What grows from message to message: the conversation so far, in Vapi's format and in OpenAI's. */
export interface Artifact {
  messages: readonly ArtifactMessage[];
  messagesOpenAIFormatted: readonly Record<string, unknown>[];
  [key: string]: unknown;
}
