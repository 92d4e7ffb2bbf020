import type { JsonSchema } from "@/tests/support/vapi/vapi-schema";

const text: JsonSchema = { type: "string" };
const number: JsonSchema = { type: "number" };
const object = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({
  type: "object",
  properties,
  required,
});
const list = (items: JsonSchema): JsonSchema => ({ type: "array", items });
const oneOf = (...values: string[]): JsonSchema => ({ type: "string", enum: values });

const functionCall = object(
  { name: { ...text, minLength: 1, maxLength: 40 }, arguments: { type: "object" } },
  ["name", "arguments"],
);
const toolCall = object({ id: { ...text, minLength: 1 }, type: oneOf("function"), function: functionCall }, [
  "id",
  "type",
  "function",
]);
const said = object(
  {
    role: oneOf("user", "bot", "system", "tool_calls"),
    message: text,
    time: number,
    endTime: number,
    secondsFromStart: number,
  },
  ["role", "message", "time"],
);
const usual = {
  timestamp: number,
  call: object({ id: { ...text, format: "uuid" }, type: oneOf("inboundPhoneCall", "webCall") }, ["id"]),
  customer: object({ number: text, name: { ...text, maxLength: 40 } }),
  assistant: object({ name: text }),
};
const message = (type: string, own: Record<string, JsonSchema>, required = Object.keys(own)): JsonSchema =>
  object({ type: oneOf(type), ...own, ...usual }, ["type", ...required, "timestamp", "call"]);

/** Messages as Earshot has received them, described by us: the contract is tested on them where Vapi's schema is missing. */
export const ownSchemas: Readonly<Record<string, JsonSchema>> = {
  ServerMessageStatusUpdate: message(
    "status-update",
    {
      status: oneOf("queued", "ringing", "in-progress", "forwarding", "ended"),
      endedReason: text,
    },
    ["status"],
  ),
  ServerMessageSpeechUpdate: message(
    "speech-update",
    {
      status: oneOf("started", "stopped"),
      role: oneOf("assistant", "user"),
      turn: number,
    },
    ["status", "role"],
  ),
  ServerMessageTranscript: message("transcript", {
    role: oneOf("assistant", "user"),
    transcriptType: oneOf("partial", "final"),
    transcript: text,
  }),
  ServerMessageHang: message("hang", {}),
  ServerMessageUserInterrupted: message("user-interrupted", {}),
  ServerMessageToolCalls: message("tool-calls", { toolCallList: { ...list(toolCall), minItems: 1 } }),
  ServerMessageConversationUpdate: message("conversation-update", { messages: list(said) }),
  ServerMessageEndOfCallReport: message(
    "end-of-call-report",
    {
      endedReason: text,
      cost: number,
      artifact: object({ messages: list(said), transcript: text }),
      analysis: object({ summary: text, successEvaluation: text, structuredData: { type: "object" } }),
    },
    ["endedReason", "artifact"],
  ),
  ServerMessageResponseToolCalls: object(
    { results: list(object({ toolCallId: text, name: text }, ["toolCallId"])) },
    ["results"],
  ),
};
