const plausible = { fromMs: Date.UTC(2015, 0), toMs: Date.UTC(2100, 0) };

/** Written without a zone, which `Date` would take for the server's own. */
const zoneless = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/**
 * A moment as Vapi and others write it: epoch milliseconds (Vapi since 22 Sep 2024), epoch seconds, either as digits in a
 * text, an ISO string (Vapi before), or nothing.
 *
 * @returns null for anything that is no moment between 2015 and 2100.
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
  // No second between 2015 and 2100 is a millisecond of those years.
  return Math.round(value * 1_000 < plausible.toMs ? value * 1_000 : value);
}
