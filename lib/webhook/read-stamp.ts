const plausible = { fromMs: Date.UTC(2015, 0), toMs: Date.UTC(2100, 0) };

/**
 * A moment as Vapi writes it: epoch milliseconds (since 22 Sep 2024), an ISO string (before), or nothing.
 *
 * @returns null for anything that is no moment between 2015 and 2100.
 */
export function readStamp(value: unknown): Date | null {
  if (typeof value !== "number" && typeof value !== "string") return null;
  const date = new Date(typeof value === "number" ? Math.round(value) : value);
  const isPlausible = date.getTime() >= plausible.fromMs && date.getTime() < plausible.toMs;
  return isPlausible ? date : null;
}
