"use client";

import { Eye } from "lucide-react";
import { useNow } from "@/components/clock/use-now";
import type { Call } from "@/lib/calls/call";
import { whenEnded } from "@/lib/calls/call";

/** Reports were seen to come within six seconds of the end (vapi); what is later than this has got lost. */
const usualMs = 60_000;

/** In place of a report: that there is none yet, or none at all, and what this page is made of instead. */
export function OutcomeSource({ call }: { call: Call }) {
  const now = useNow();
  const endedAt = whenEnded(call);
  const isAwaited = endedAt !== null && now - Date.parse(endedAt) < usualMs;
  return (
    <div className="mt-3 flex items-start gap-2 rounded-md bg-hover p-2.5 text-xs">
      <Eye aria-hidden className="mt-0.5 size-3.5 shrink-0 text-muted" />
      <p>
        <strong className="font-medium">
          {isAwaited ? "The report is on its way." : "Built from what was witnessed."}
        </strong>{" "}
        {isAwaited
          ? "Until it comes, this page shows what was witnessed live."
          : "No report has come from Vapi for this call: there is no summary, no cost and no evaluation, and what got lost on the way is missing."}
      </p>
    </div>
  );
}
