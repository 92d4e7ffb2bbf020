/** The day it is in a zone at a moment (epoch ms), like "2026-08-31". */
export function dayOf(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at);
}
