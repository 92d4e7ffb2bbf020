const start = Date.parse("2026-08-01T10:00:00.000Z");

/** The ISO time `seconds` into the calls that tests make. */
export function atSecond(seconds: number): string {
  return new Date(start + seconds * 1000).toISOString();
}
