import "server-only";
import { log } from "@/lib/log";

type Level = Parameters<typeof log>[0];
type Fields = NonNullable<Parameters<typeof log>[2]>;

interface Span {
  begunAt: number;
  failures: number;
  /** Failures since the last log line. */
  unsaid: number;
  /** Of the latest failure. */
  error: unknown;
}

const spans = new Map<string, Span>();
const everyMs = 10_000;

/**
 * Logs a failure that repeats with every event while a dependency is down: the first in full, then a count every ten
 * seconds, and one final line after ten seconds without any. A failure that does not repeat takes one line.
 *
 * @param kind groups failures that are counted together; a constant of ours, never text from outside
 */
export function logRepeated(
  level: Level,
  what: string,
  fields: Fields = {},
  kind: string = `${level} ${what}`,
): void {
  const span = spans.get(kind);
  if (span) {
    span.failures += 1;
    span.unsaid += 1;
    span.error = fields.error;
    return;
  }
  log(level, what, fields);
  const begun: Span = { begunAt: Date.now(), failures: 1, unsaid: 0, error: fields.error };
  spans.set(kind, begun);
  const timer = setInterval(() => {
    if (begun.unsaid > 0) return sayHowMany(level, what, begun);
    clearInterval(timer);
    spans.delete(kind);
    if (begun.failures > 1) log("info", "failures have ended", { failure: what, ...summarize(begun) });
  }, everyMs).unref();
}

function sayHowMany(level: Level, what: string, span: Span): void {
  log(level, what, { again: span.unsaid, ...summarize(span), error: span.error });
  span.unsaid = 0;
}

/** Covers many requests, so it omits the id of the first one. */
function summarize({ begunAt, failures }: Span) {
  return { failures, seconds: Math.round((Date.now() - begunAt) / 1_000), requestId: undefined };
}
