import type { CallEvent } from "@/scripts/simulator/call-event";
import type { CallOptions } from "@/scripts/simulator/call-options";
import type { Random } from "@/scripts/simulator/random";

/** What the way does to a call's events: some never come, some come twice, some come late. Sorted by when they do. */
export function disturb(random: Random, events: readonly CallEvent[], options: CallOptions): CallEvent[] {
  const hasReport = !random.fork("no report").chance(options.noReport);
  const hasEnded = !random.fork("no ended").chance(options.noEnded);
  const loss = random.fork("loss");
  const disorder = random.fork("disorder");
  const duplicates = random.fork("duplicates");
  const late = (source: Random, event: CallEvent, leastMs: number, mostMs: number) => ({
    ...event,
    offsetMs: event.offsetMs + Math.round(source.whole(leastMs, mostMs) / options.speed),
  });
  return events
    .filter(({ message }) => hasReport || message.type !== "end-of-call-report")
    .filter(({ message }) => hasEnded || message.status !== "ended")
    .filter(() => !loss.chance(options.loss))
    .map((event) => (disorder.chance(options.disorder) ? late(disorder, event, 60, 500) : event))
    .flatMap((event) =>
      duplicates.chance(options.duplicates) ? [event, late(duplicates, event, 150, 3_000)] : [event],
    )
    .sort((a, b) => a.offsetMs - b.offsetMs);
}
