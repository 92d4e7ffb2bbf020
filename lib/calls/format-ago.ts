/** How long before `now` (epoch ms) an ISO time was, in words; null from an hour on, when the time itself says more. */
export function formatAgo(at: string, now: number): string | null {
  const seconds = Math.floor((now - Date.parse(at)) / 1000);
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min ago` : null;
}
