"use client";

import { LocalTime } from "@/components/clock/local-time";
import { useZone } from "@/components/clock/use-zone";

const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 } as const;

/** A time in the log, to the millisecond; the date on hover. */
export function EventTime({ at }: { at: string }) {
  const zone = useZone();
  const words = new Intl.DateTimeFormat("en-GB", { ...options, ...(zone && { timeZone: zone }) });
  return <LocalTime at={at} words={words.format(new Date(at))} />;
}
