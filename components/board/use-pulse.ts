"use client";

import { useQuery } from "@tanstack/react-query";
import { type PulseFigure, toPulseFigures } from "@/components/board/to-pulse-figures";
import { pulseQuery } from "@/lib/calls/queries";

/** The last hour's figures; none before they are known. */
export function usePulse(): readonly PulseFigure[] {
  const { data } = useQuery(pulseQuery);
  return data ? toPulseFigures(data) : [];
}
