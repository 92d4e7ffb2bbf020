"use client";

import { useNow } from "@/components/clock/clock";
import { useZone } from "@/components/clock/use-zone";
import { formatAgo } from "@/lib/format";

/** A time: "3 min ago" within the hour, then the time itself; the full date on hover. */
export function LiveAgo({ at }: { at: string }) {
  return <LocalTime at={at} words={formatAgo(at, useNow())} />;
}

const full = { dateStyle: "medium", timeStyle: "medium" } as const;
const short = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" } as const;

interface LocalTimeProps {
  at: string;
  words?: string | null;
  hasSeconds?: boolean;
}

/** A moment in the viewer's zone; in UTC until hydration, because the server does not know the zone. */
export function LocalTime({ at, words, hasSeconds = false }: LocalTimeProps) {
  const zone = useZone();
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...options, ...(zone && { timeZone: zone }) }).format(new Date(at));
  return (
    <time dateTime={at} title={zone ? `${format(full)} UTC` : format(full)}>
      {words ?? format(hasSeconds ? { ...short, second: "2-digit" } : short)}
    </time>
  );
}
