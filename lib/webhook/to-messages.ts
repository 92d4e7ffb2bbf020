import type { Speaker } from "@/lib/calls/call";

interface Said {
  role: Speaker;
  text: string;
  at: Date;
}

interface Asked {
  id: string;
  name: string;
  arguments: Record<string, unknown>;
  askedAt: Date;
  answeredAt: Date | null;
  result: string | null;
}

type Message = Record<string, unknown> & { time: number };

/** What was said and asked of tools as Vapi's `messages` list has it: what readSpoken and readToolHistory read. */
export function toMessages(said: readonly Said[], asked: readonly Asked[]): Message[] {
  return [...said.map(toSpoken), ...asked.flatMap(toToolMessages)].sort((a, b) => a.time - b.time);
}

function toSpoken({ role, text, at }: Said): Message {
  return { role: role === "assistant" ? "bot" : role, message: text, time: at.getTime() };
}

function toToolMessages({ id, name, arguments: args, askedAt, answeredAt, result }: Asked): Message[] {
  const request = { id, type: "function", function: { name, arguments: JSON.stringify(args) } };
  const answered = result === null ? [] : [{ role: "tool_call_result", toolCallId: id, name, result }];
  return [
    { role: "tool_calls", toolCalls: [request], time: askedAt.getTime() },
    ...answered.map((message) => ({ ...message, time: (answeredAt ?? askedAt).getTime() })),
  ];
}
