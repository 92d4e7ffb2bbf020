import { randomUUID } from "node:crypto";
import type { EventEntry } from "@/lib/events/event";

/** Makes an entry of the event log, received `second` seconds into a fixed day. */
export function makeEvent(second: number, more: Partial<EventEntry> = {}): EventEntry {
  const at = new Date(Date.UTC(2026, 7, 1) + second * 1_000).toISOString();
  return {
    key: randomUUID(),
    type: "hang",
    outcome: "recorded",
    at,
    receivedAt: at,
    bytes: 900,
    tookMs: 4,
    repeats: 0,
    repeatedAt: null,
    callId: null,
    callTitle: null,
    conversationUuid: null,
    problem: null,
    answer: null,
    ...more,
  };
}
