import type { Message } from "@/scripts/simulator/message";

type Answers = ReadonlyMap<string, string>;
type Entry = Record<string, unknown>;

/** The message as it is once the server has answered: its results in place of the scripted ones, in both formats. */
export function applyToolAnswers(message: Message, answers: Answers): Message {
  if (answers.size === 0) return message;
  const applied: Message = { ...message };
  for (const key of ["messages", "messagesOpenAIFormatted", "conversation"]) {
    if (key in message) applied[key] = applyToList(message[key], answers);
  }
  if (isEntry(message.artifact)) {
    const { messages, messagesOpenAIFormatted } = message.artifact;
    applied.artifact = {
      ...message.artifact,
      messages: applyToList(messages, answers),
      messagesOpenAIFormatted: applyToList(messagesOpenAIFormatted, answers),
    };
  }
  return applied;
}

function applyToList(list: unknown, answers: Answers): unknown {
  return Array.isArray(list)
    ? list.map((entry) => (isEntry(entry) ? applyToEntry(entry, answers) : entry))
    : list;
}

function applyToEntry(entry: Entry, answers: Answers): Entry {
  const result = answers.get(String(entry.toolCallId ?? entry.tool_call_id ?? ""));
  if (result === undefined) return entry;
  return entry.role === "tool" ? { ...entry, content: result } : { ...entry, result };
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
