"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { isSlow, windowMinutes } from "@/lib/routing/latency";
import { routingLatencyQuery } from "@/lib/routing/queries";

/** Warns while routing takes too long; renders nothing otherwise. */
export function SlowRoutingBanner() {
  const { data: latency } = useQuery(routingLatencyQuery);
  if (!latency || !isSlow(latency)) return null;
  return (
    <p role="alert" className="flex items-start gap-2 bg-danger-soft px-3 py-2 text-danger text-sm sm:px-4">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        Callers wait {((latency.p95Ms ?? 0) / 1_000).toFixed(1)} s (p95, last {windowMinutes} min) for
        routing. Vapi gives up after 7.5 s. Check the database and the load.
      </span>
    </p>
  );
}
