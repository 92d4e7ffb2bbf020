/** Vapi's statuses of a call that people are in, or about to be. Any other (`ended`, `not-found`, …) is over. */
export const liveStatuses = ["queued", "ringing", "in-progress", "forwarding"] as const;

/** `scheduled` is neither live nor over: nothing happens yet. */
const open = new Set<string>([...liveStatuses, "scheduled"]);

/** Whether nothing more will be said on a call of this status. */
export function isOver(status: string): boolean {
  return !open.has(status);
}
