import { redactObject } from "@/lib/webhook/redact";

/** What repeats in every body of a call; a call of 2:20 is 1.1 MB of them. */
const repeated = new Set([
  "assistant",
  "newAssistant",
  "call",
  "phoneNumber",
  "customer",
  "artifact",
  "conversation",
]);

/** The same tool calls again, wherever the first list is there. */
const repeatedLists = new Set(["toolCalls", "toolWithToolCallList"]);

/**
 * A message as the event log keeps it: what is specific to its type, without what every body repeats
 * (the growing `messages*` included) and without secrets. `leaveOut` names what the type's desk keeps elsewhere.
 */
export function trimMessage(message: object, leaveOut: readonly string[] = []): Record<string, unknown> {
  const hasList = "toolCallList" in message;
  const own = Object.entries(message).filter(
    ([key, value]) =>
      value !== null &&
      !repeated.has(key) &&
      !(hasList && repeatedLists.has(key)) &&
      !key.startsWith("messages") &&
      !leaveOut.includes(key),
  );
  return redactObject(Object.fromEntries(own.map(([key, value]) => [key, trimPart(key, value)])));
}

/** A chat and a session carry whole assistants, squads and histories of their own. */
function trimPart(key: string, value: unknown): unknown {
  const isHolder = (key === "chat" || key === "session") && typeof value === "object" && value !== null;
  if (!isHolder) return value;
  const own = Object.entries(value).filter(
    ([part]) => !repeated.has(part) && !/^(?:messages|squad$|\w+Overrides$)/.test(part),
  );
  return Object.fromEntries(own);
}
