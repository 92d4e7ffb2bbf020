"use client";

import { useNow } from "@/components/clock/use-now";
import { TurnBar } from "@/components/timeline/turn-bar";
import type { Span } from "@/lib/calls/call";
import type { Turn } from "@/lib/calls/parts";

/** The turn that goes on: grows with the clock. */
export function OpenTurnBar({ turn, span }: { turn: Turn; span: Span }) {
  return <TurnBar turn={turn} span={span} now={useNow()} />;
}
