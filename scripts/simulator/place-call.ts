import { setTimeout as wait } from "node:timers/promises";
import type { Answer } from "@/scripts/delivery/post-body";
import { applyToolAnswers } from "@/scripts/simulator/apply-tool-answers";
import type { CallEvent } from "@/scripts/simulator/call-event";
import type { GeneratedCall } from "@/scripts/simulator/generate-call";
import type { Message } from "@/scripts/simulator/message";
import { readToolAnswers } from "@/scripts/simulator/read-tool-answers";

/** Posts one message of a call; null when there was no answer. */
export type Post = (call: GeneratedCall, message: Message) => Promise<Answer | null>;

/**
 * Posts a call's events at their times. A slow answer holds nothing up: the call goes on, and what is late is posted
 * at once. Ends when every answer is there, or early when aborted.
 */
export async function placeCall(
  call: GeneratedCall,
  createdAtMs: number,
  post: Post,
  signal: AbortSignal,
): Promise<void> {
  const answers = new Map<string, string>();
  const posts: Promise<void>[] = [];
  for (const event of call.events) {
    await waitUntil(createdAtMs + event.offsetMs, signal);
    if (signal.aborted) break;
    posts.push(deliver(call, event, answers, post));
  }
  await Promise.all(posts);
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

async function waitUntil(atMs: number, signal: AbortSignal): Promise<void> {
  const leftMs = atMs - Date.now();
  if (leftMs > 0) await wait(leftMs, undefined, { signal }).catch(() => undefined);
}
