import type { Turn } from "@/lib/calls/turn";

export interface ReplyLatency {
  /** When the assistant began to answer. */
  at: string;
  /** From the caller's last stop; 0 where the assistant began before it. */
  ms: number;
}

/** How long the caller waited for each answer: from a caller's turn to the assistant's next, if none of theirs is between. */
export function toReplyLatencies(turns: readonly Turn[]): ReplyLatency[] {
  return turns.flatMap((turn, index) => {
    const before = turns[index - 1];
    if (turn.role !== "assistant" || before?.role !== "user" || before.stoppedAt === null) return [];
    return [
      { at: turn.startedAt, ms: Math.max(0, Date.parse(turn.startedAt) - Date.parse(before.stoppedAt)) },
    ];
  });
}
