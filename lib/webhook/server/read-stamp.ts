const plausible = { fromMs: Date.UTC(2015, 0), toMs: Date.UTC(2100, 0) };

/** Without a time zone, where `Date` would assume the server's own. */
const zoneless = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/**
 * Reads a time as Vapi and others write it: epoch milliseconds (Vapi since 22 Sep 2024), epoch seconds, either of them
 * as digits in a string, or an ISO string (Vapi before).
 *
 * @returns null for anything that is not a time between 2015 and 2100.
 */
export function readStamp(value: unknown): Date | null {
  const ms = toMs(value);
  return ms !== null && ms >= plausible.fromMs && ms < plausible.toMs ? new Date(ms) : null;
}

function toMs(value: unknown): number | null {
  if (typeof value === "string") {
    const text = value.trim();
    if (/^\d+(?:\.\d+)?$/.test(text)) return toMs(Number(text));
    return new Date(zoneless.test(text) ? `${text}Z` : text).getTime();
  }
  if (typeof value !== "number") return null;
  // Seconds of 2015 to 2100 and milliseconds of those years do not overlap.
  return Math.round(value * 1_000 < plausible.toMs ? value * 1_000 : value);
}
