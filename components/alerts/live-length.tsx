"use client";

import { useNow } from "@/components/clock/use-now";
import type { Alert } from "@/lib/alerts/alert";
import { formatDuration } from "@/lib/format";

/** How long a caller has been left alone. Ticks while it lasts. */
export function LiveLength({ alert: { since, closedAt } }: { alert: Alert }) {
  const now = useNow();
  return formatDuration((closedAt === null ? now : Date.parse(closedAt)) - Date.parse(since));
}
