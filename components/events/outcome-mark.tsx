import { Check, CircleHelp, Repeat2, TriangleAlert } from "lucide-react";
import type { EventEntry } from "@/lib/events/event";

const outcomeStyles = {
  recorded: { Icon: Check, className: "text-muted" },
  unknown: { Icon: CircleHelp, className: "text-waiting" },
  malformed: { Icon: TriangleAlert, className: "text-danger" },
} as const;

/** Outcome of an event, and its number of duplicates. */
export function OutcomeMark({
  event: { outcome, repeats },
}: {
  event: Pick<EventEntry, "outcome" | "repeats">;
}) {
  const { Icon, className } = outcomeStyles[outcome];
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className={`size-3.5 shrink-0 ${className}`} />
      <span className="inline-block first-letter:uppercase">{outcome}</span>
      {repeats > 0 && (
        <span className="inline-flex items-center gap-0.5 text-muted" title={`Duplicates: ${repeats}`}>
          <Repeat2 aria-hidden className="size-3.5" />
          <span className="sr-only">, and as a duplicate </span>
          {repeats}×
        </span>
      )}
    </span>
  );
}
