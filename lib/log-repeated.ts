import "server-only";
import { log } from "@/lib/log";

type Level = Parameters<typeof log>[0];
type Fields = NonNullable<Parameters<typeof log>[2]>;

interface Span {
  begunAt: number;
  failures: number;
  /** Since the last line. */
  unsaid: number;
  /** Of the latest failure. */
  error: unknown;
}

const spans = new Map<string, Span>();
const everyMs = 10_000;

/**
 * Logs what fails with every event while a part is away: the first failure in full, then every ten seconds how many came since, and
 * one line when ten seconds have passed without any. A failure that stays alone is one line.
 *
 * @param kind what is counted together: a name of ours, never a text from outside
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

/** Of many requests, so without the id of the one that began it. */
function summarize({ begunAt, failures }: Span) {
  return { failures, seconds: Math.round((Date.now() - begunAt) / 1_000), requestId: undefined };
}
