const start = Date.parse("2026-08-01T10:00:00.000Z");

/** Returns the ISO time `seconds` after the start of the calls that tests make. */
export function atSecond(seconds: number): string {
  return new Date(start + seconds * 1000).toISOString();
}
