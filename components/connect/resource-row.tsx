import { CircleCheck, TriangleAlert } from "lucide-react";
import { LocalTime } from "@/components/clock/local-time";
import { Badge } from "@/components/settings/row";
import { Button } from "@/components/ui/button";
import { type Connectable, describeDrift, isDone, kindLabels } from "@/lib/connect/connection";

interface ResourceRowProps {
  resource: Connectable;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  /** Opens the review of this resource's changes alone. */
  onReview: () => void;
}

/** One assistant, squad, number or tool: its state and what to do about it. */
export function ResourceRow({ resource, isChosen, onChoose, onReview }: ResourceRowProps) {
  const { name, kind, isConnected, isNew, faults, drifts } = resource;
  const done = isDone(resource);
  const isDrifted = (fault: string) => drifts.some((drift) => drift.kind === fault);
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
      <label className="flex min-w-48 flex-1 items-start gap-3 pointer-coarse:min-h-11">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-accent"
          checked={isChosen && !done}
          disabled={done}
          onChange={(event) => onChoose(event.target.checked)}
        />
        <span className="grid min-w-0 gap-1">
          <span className="wrap-anywhere font-medium">
            <bdi>{name}</bdi>
            <Badge>{kindLabels[kind]}</Badge>
            {isNew && <Badge>New</Badge>}
          </span>
          {drifts.map((drift) => (
            <span key={drift.kind} className="wrap-anywhere flex items-start gap-1.5 text-danger text-sm">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              <span>
                {sentence(describeDrift(drift))} since <LocalTime at={drift.since} />
              </span>
            </span>
          ))}
          {faults
            .filter((fault) => !isDrifted(fault.kind))
            .map((fault) => (
              <span key={fault.kind} className="wrap-anywhere text-muted text-sm">
                {sentence(fault.clause)}
              </span>
            ))}
          {faults.length === 0 && !isConnected && (
            <span className="text-muted text-sm">Already set up. Connect it to watch for changes.</span>
          )}
        </span>
      </label>
      <span className="flex items-center gap-2">
        {isConnected && drifts.length === 0 && (
          <span className="flex items-center gap-1.5 text-sm">
            <CircleCheck aria-hidden className="size-4 text-success" />
            Connected
          </span>
        )}
        {!done && (
          <Button size="small" className="pointer-coarse:h-11" onClick={onReview}>
            {drifts.length > 0 ? "Fix" : "Review"}
            <span className="sr-only"> {name}</span>
          </Button>
        )}
      </span>
    </li>
  );
}

/** A clause that stands alone: "has no credential" → "Has no credential". */
export function sentence(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}
