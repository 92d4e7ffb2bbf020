import type { HttpAnswer } from "./http-answer";
import { limits } from "./limits";

/** Pusher's answer to more data than it carries, or null for an event that fits. */
export function refuseLargeEvent(data: string): HttpAnswer | null {
  if (Buffer.byteLength(data) <= limits.eventBytes) return null;
  const body = `The data content of this event exceeds the allowed maximum (${limits.eventBytes} bytes)`;
  return { status: 413, body };
}
