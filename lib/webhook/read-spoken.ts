import { z } from "zod";
import type { Speaker } from "@/lib/calls/speaker";
import { readStamp } from "@/lib/webhook/read-stamp";

export interface Spoken {
  role: Speaker;
  text: string;
  /** When it began; null in the shapes of early 2024 and in OpenAI's. */
  at: Date | null;
  endedAt: Date | null;
}

const messageSchema = z.looseObject({
  role: z.string(),
  message: z.string().nullish(),
  content: z.string().nullish(),
  time: z.number().nullish(),
  endTime: z.number().nullish(),
});

/** Vapi says `bot` where OpenAI's format says `assistant`; prompts and tools are no speech. */
const speakers: Record<string, Speaker> = { bot: "assistant", assistant: "assistant", user: "user" };

/** What people heard, in order, out of a `messages` list of either format; anything else in it is passed over. */
export function readSpoken(messages: unknown): Spoken[] {
  if (!Array.isArray(messages)) return [];
  return messages.flatMap((entry) => {
    const message = messageSchema.safeParse(entry).data;
    const role = message && speakers[message.role];
    const text = (message?.message ?? message?.content ?? "").trim();
    if (!role || !text) return [];
    return [{ role, text, at: readStamp(message.time), endedAt: readStamp(message.endTime) }];
  });
}
