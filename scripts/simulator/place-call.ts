import { z } from "zod";
import type { Answer } from "@/scripts/delivery/post-body";
import type { CallEvent, Message } from "@/scripts/simulator/call-event";
import type { GeneratedCall } from "@/scripts/simulator/generate-call";

type Answers = ReadonlyMap<string, string>;
type Entry = Record<string, unknown>;

/** Returns the message with the server's results in place of the scripted ones, in both formats. */
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

const toolCallsSchema = z.object({
  results: z.array(
    z.looseObject({ toolCallId: z.string(), result: z.unknown().optional(), error: z.unknown().optional() }),
  ),
});
const functionCallSchema = z.looseObject({ result: z.unknown().optional(), error: z.unknown().optional() });

/**
 * Returns the server's tool results by tool call id. In a response to `tool-calls`, each result names its call;
 * `function-call` has a single result, for the only call. Invalid responses leave the scripted results in place.
 */
export function readToolAnswers(answer: string, asks: readonly string[]): Map<string, string> {
  const json = parse(answer);
  const results = toolCallsSchema.safeParse(json).data?.results;
  const [only] = asks;
  const heard = results ?? (only ? [{ toolCallId: only, ...functionCallSchema.safeParse(json).data }] : []);
  return new Map(
    heard.flatMap(({ toolCallId, result, error }) => {
      const text = result ?? error;
      if (text === undefined || text === null || !asks.includes(toolCallId)) return [];
      return [[toolCallId, typeof text === "string" ? text : JSON.stringify(text)] as const];
    }),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Posts one message of a call; resolves with null when no response came. */
export type Post = (call: GeneratedCall, message: Message) => Promise<Answer | null>;

/**
 * Posts a call's events at their times. A slow response delays nothing: the call continues, and overdue events are
 * posted at once. An order to the call changes the events still to come. Resolves when all responses have arrived;
 * aborting skips the remaining events.
 */
export async function placeCall(
  call: GeneratedCall,
  createdAtMs: number,
  post: Post,
  signal: AbortSignal,
): Promise<void> {
  const { live } = call;
  const answers = new Map<string, string>();
  const posts: Promise<void>[] = [];
  const alarm = createAlarm();
  live.onChange = alarm.ring;
  signal.addEventListener("abort", alarm.ring, { once: true });
  for (let [event] = live.events; event && !signal.aborted; [event] = live.events) {
    const leftMs = createdAtMs + event.offsetMs - Date.now();
    if (leftMs > 0) await alarm.wait(leftMs);
    else {
      live.take();
      posts.push(deliver(call, event, answers, post));
    }
  }
  signal.removeEventListener("abort", alarm.ring);
  await Promise.all(posts);
}

/** A wait that can be cut short. */
function createAlarm() {
  let ring: () => void = () => undefined;
  return {
    ring: () => ring(),
    wait: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        ring = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

async function deliver(
  call: GeneratedCall,
  event: CallEvent,
  answers: Map<string, string>,
  post: Post,
): Promise<void> {
  const answer = await post(call, applyToolAnswers(event.message, answers));
  if (!answer || !event.asks) return;
  for (const [id, result] of readToolAnswers(answer.text, event.asks)) answers.set(id, result);
}
