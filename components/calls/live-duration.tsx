"use client";

import { useNow } from "@/components/clock/use-now";
import type { Call } from "@/lib/calls/call";
import { callDuration } from "@/lib/calls/call";
import { formatDuration } from "@/lib/format";

/** How long a call has lasted. Ticks while it lives. */
export function LiveDuration({ call }: { call: Call }) {
  const ms = callDuration(call, useNow());
  return ms === null ? <span aria-hidden>–</span> : formatDuration(ms);
}
