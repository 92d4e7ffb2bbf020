import fc from "fast-check";
import type { CallFigures } from "@/db/schema/analytics";
import { replyBins } from "@/lib/analytics/figures";

const count = fc.integer({ min: 0, max: 9 });
const ms = fc.integer({ min: 0, max: 600_000 });
const flag = fc.integer({ min: 0, max: 1 });

/** Random figures of calls made between two moments (epoch ms). */
export function randomFigures(
  fromMs: number,
  untilMs: number,
  assistants = ["a", "b", ""],
  numbers = ["+1555", ""],
) {
  return fc.record<Omit<CallFigures, "callId">>({
    callVersion: fc.constant(1),
    at: fc.integer({ min: fromMs, max: untilMs - 1 }).map((at) => new Date(at)),
    assistant: fc.constantFrom(...assistants),
    assistantName: fc.constantFrom("Booking", null),
    version: fc.constantFrom("1", "2", ""),
    number: fc.constantFrom(...numbers),
    reason: fc.constantFrom("customer-ended-call", "voicemail", ""),
    calls: fc.constant(1),
    durationMs: ms,
    costUsd: fc.integer({ min: 0, max: 64 }).map((cost) => cost / 64),
    costed: flag,
    hung: flag,
    transferred: flag,
    measured: flag,
    measuredMs: ms,
    userMs: ms,
    assistantMs: ms,
    silentMs: ms,
    assistantTurns: count,
    interruptions: count,
    replies: fc.array(count, { minLength: replyBins, maxLength: replyBins }),
    stageMs: fc.array(ms, { minLength: 4, maxLength: 4 }),
    stageReplies: fc.array(count, { minLength: 4, maxLength: 4 }),
  });
}
