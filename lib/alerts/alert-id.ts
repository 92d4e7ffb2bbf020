const pattern = /^(.+)~(\d{1,16})$/;

/**
 * An alert's id: its call, and since when that call's caller was left alone. Derived, so that browser and server name
 * an alert alike without asking each other, and a replay of the same events names it so again.
 */
export function toAlertId(callId: string, since: string): string {
  return `${callId}~${Date.parse(since)}`;
}

/** The parts of an id, `sinceMs` in epoch ms; null for what is no alert's id. */
export function readAlertId(id: string): { callId: string; sinceMs: number } | null {
  const [, callId, since] = pattern.exec(id) ?? [];
  return callId === undefined ? null : { callId, sinceMs: Number(since) };
}
