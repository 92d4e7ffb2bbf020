"use client";

import { useNow } from "@/components/clock/use-now";
import { HangFlag } from "@/components/timeline/hang-flag";
import type { Span } from "@/lib/calls/call";
import type { HangEpisode } from "@/lib/calls/turns";

/** The hang that goes on: grows with the clock. */
export function OpenHangFlag({ hang, span }: { hang: HangEpisode; span: Span }) {
  return <HangFlag hang={hang} span={span} now={useNow()} />;
}
