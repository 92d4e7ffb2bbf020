import type { RoutedRow } from "@/db/queries/routing/record-routed";
import type { Decision } from "@/lib/routing/choose-answer";

export interface Decided {
  decision: Decision;
  /** Epoch ms. */
  at: number;
}

/** What is kept of a request: how long it took and who answered, nothing of who called. */
export function toRouted(
  { callId, receivedAt }: { callId: string | null; receivedAt: Date },
  { decision, at }: Decided,
  answeredAt: number,
): RoutedRow {
  const since = (then: number) => Math.max(0, then - receivedAt.getTime());
  return {
    callId,
    arrivedAt: receivedAt,
    decidedMs: since(at),
    answeredMs: since(answeredAt),
    source: decision.source,
    ruleId: decision.rule?.id ?? null,
    ruleName: decision.rule?.name ?? null,
  };
}
