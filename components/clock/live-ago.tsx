"use client";

import { LocalTime } from "@/components/clock/local-time";
import { useNow } from "@/components/clock/use-now";
import { formatAgo } from "@/lib/format";

/** A time: "3 min ago" within the hour, the time itself after; the whole of it on hover. */
export function LiveAgo({ at }: { at: string }) {
  return <LocalTime at={at} words={formatAgo(at, useNow())} />;
}
