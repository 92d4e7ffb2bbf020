import type { CallFigures } from "@/db/schema/analytics";
import { noMeasures, replyBins } from "@/lib/analytics/figures";

/** Each response took 1.1 to 1.2 s. */
const replies = Array.from({ length: replyBins }, (_, bin) => (bin === 11 ? 4 : 0));

const call = (version: string, at: Date, more: Partial<CallFigures>): Omit<CallFigures, "callId"> => ({
  ...noMeasures,
  callVersion: 1,
  at,
  assistant: "desk",
  assistantName: "Front desk",
  version,
  number: "",
  reason: "customer-ended-call",
  calls: 1,
  costed: 1,
  costUsd: 0.1,
  replies,
  stageMs: [0, 0, 0, 0],
  stageReplies: [0, 0, 0, 0],
  ...more,
});

/**
 * Makes `count` calls of one version of an assistant, one per minute, the last one `lastMinutesAgo` before `now`. Every
 * `hungEach`th call hung.
 */
export const versionCalls =
  (now: Date) =>
  (version: string, count: number, lastMinutesAgo: number, hungEach = Number.POSITIVE_INFINITY) =>
    Array.from({ length: count }, (_, index) =>
      call(version, new Date(now.getTime() - (lastMinutesAgo + count - 1 - index) * 60_000), {
        hung: (index + 1) % hungEach === 0 ? 1 : 0,
        costUsd: 0.1 + (index % 5) / 100,
      }),
    );
