import "server-only";

/** What this process has published since it started, for the health page. */
export const published = { sent: 0, failed: 0, lastFailureAt: null as Date | null };

export function countPublished(outcome: "sent" | "failed", events: number): void {
  published[outcome] += events;
  if (outcome === "failed") published.lastFailureAt = new Date();
}
