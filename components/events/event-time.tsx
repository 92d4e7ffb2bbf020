"use client";

import { useZone } from "@/components/clock/clock";
import { LocalTime } from "@/components/clock/local-time";

const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 } as const;

/** A moment of the log, to the millisecond; the day of it on hover. */
export function EventTime({ at }: { at: string }) {
  const zone = useZone();
  const words = new Intl.DateTimeFormat("en-GB", { ...options, ...(zone && { timeZone: zone }) });
  return <LocalTime at={at} words={words.format(new Date(at))} />;
}
