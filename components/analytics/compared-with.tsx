import type { Analytics } from "@/lib/analytics/analytics";

interface ComparedWithProps {
  analytics: Pick<Analytics, "period" | "before">;
  zone: string;
}

/** Which period is shown, and which it is compared with. */
export function ComparedWith({ analytics: { period, before }, zone }: ComparedWithProps) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  const words = ({ from, until }: { from: string; until: string }) =>
    format.formatRange(new Date(from), new Date(until));
  return (
    <p className="text-muted text-xs">
      {words(period)}, compared with {words(before)}
    </p>
  );
}
