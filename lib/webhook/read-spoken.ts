import { z } from "zod";
import type { Speaker } from "@/lib/calls/call";
import { readStamp } from "@/lib/webhook/read-stamp";

export interface Spoken {
  role: Speaker;
  text: string;
  /** When it began; null in the shapes of early 2024 and in OpenAI's. */
  at: Date | null;
  endedAt: Date | null;
  /** Milliseconds from the call's start; some shapes say only this. */
  fromStartMs: number | null;
  /** The assistant's, after a tool call: when that was asked for. */
  notBefore: Date | null;
  /** Its place in the list. */
  place: number;
}

const messageSchema = z.looseObject({
  role: z.string(),
  message: z.unknown().optional(),
  content: z.unknown().optional(),
  time: z.unknown().optional(),
  endTime: z.unknown().optional(),
  secondsFromStart: z.number().min(0).max(1e6).nullish().catch(null),
});

type Message = z.infer<typeof messageSchema>;

/** Vapi says `bot` where OpenAI's format says `assistant`; prompts and tools are no speech. */
const speakers: ReadonlyMap<string, Speaker> = new Map([
  ["bot", "assistant"],
  ["assistant", "assistant"],
  ["user", "user"],
]);
/** What people heard, in order, out of a `messages` list of either format; anything else in it is passed over. */
export function readSpoken(messages: unknown): Spoken[] {
  if (!Array.isArray(messages)) return [];
  const spoken: Spoken[] = [];
  const times = new Set<string>();
  let notBefore: Date | null = null;
  for (const [place, entry] of messages.entries()) {
    const message = messageSchema.safeParse(entry).data;
    if (!message) continue;
    const at = readStamp(message.time);
    if (message.role === "tool_calls" && at && (!notBefore || at > notBefore)) notBefore = at;
    const role = speakers.get(message.role);
    const text = readText(message);
    if (!role || !text) continue;
    spoken.push({
      role,
      text,
      at: at && toOwnTime(at, role, times),
      endedAt: readStamp(message.endTime),
      fromStartMs: message.secondsFromStart == null ? null : Math.round(message.secondsFromStart * 1_000),
      notBefore: role === "assistant" ? notBefore : null,
      place,
    });
  }
  return spoken;
}

/** Two messages of one voice may carry one time: the second in the list is a millisecond later. */
function toOwnTime(at: Date, role: Speaker, times: Set<string>): Date {
  let ms = at.getTime();
  while (times.has(`${role} ${ms}`)) ms += 1;
  times.add(`${role} ${ms}`);
  return new Date(ms);
}

/** The words of a message, whose content may come in parts. */
function readText({ message, content }: Pick<Message, "message" | "content">): string {
  return (toText(message) || toText(content)).trim();
}

/** A text, or the texts among the parts of a content as OpenAI writes it; empty for anything else. */
export function toText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part) => (typeof part === "string" ? part : (partSchema.safeParse(part).data?.text ?? "")))
    .filter((text) => text !== "")
    .join(" ");
}

const partSchema = z.looseObject({ text: z.string() });
