"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download, RotateCcw } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { type Replayed, type ReplayOutcome, replayAnswerSchema, replayOutcomes } from "@/lib/events/event";
import { formatCount } from "@/lib/format";
import { sendJson } from "@/lib/http/client";

/** Results of a replay: a count per outcome, and each notable event by name. */
export function ReplayResults({ results }: { results: readonly Replayed[] }) {
  const counts = new Map<ReplayOutcome, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const notable = results.filter(({ outcome }) => outcome !== "joined-again");
  return (
    <div className="grid gap-2 pt-3">
      <ul aria-label="Result" className="grid gap-0.5">
        {[...counts].map(([outcome, count]) => (
          <li key={outcome}>
            <span className="font-medium">{count}×</span> {outcomeLabel(outcome)}
          </li>
        ))}
      </ul>
      {results.length > 1 && notable.length > 0 && (
        <ul aria-label="Notable events" className="max-h-48 overflow-y-auto text-xs">
          {notable.map(({ key, type, outcome, issues }) => (
            <li key={key} className="wrap-anywhere">
              <span className="font-medium">{type}</span>: {outcomeLabel(outcome)}
              {issues[0] && ` (${issues[0].path}: ${issues[0].message})`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const outcomeLabel = (outcome: ReplayOutcome) =>
  replayOutcomes[outcome].replace(/^./, (first) => first.toLowerCase());

/** Replays an event or its whole call, and exports the call as a capture. */
export function ReplayPanel({ eventKey, callId }: { eventKey: string; callId: string | null }) {
  const client = useQueryClient();
  /** Progress of a long call, which is replayed in batches. */
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: async (path: string) => {
      const results: Replayed[] = [];
      setProgress(null);
      for (let after = ""; ; ) {
        const sent = await sendJson("POST", `${path}${after}`);
        if (!sent.ok) throw new Error(sent.why);
        const answer = replayAnswerSchema.parse(sent.value);
        results.push(...answer.results);
        if (answer.next === null) return results;
        setProgress(answer);
        after = `?after=${answer.next}`;
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["events"] }),
  });
  const call = callId && `/api/calls/${encodeURIComponent(callId)}`;
  return (
    <Panel title="Replay">
      <p className="pb-2 text-muted text-xs">
        Re-processes the stored event. No tools run and no notifications are sent.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="small" disabled={isPending} onClick={() => mutate(`/api/events/${eventKey}/replay`)}>
          <RotateCcw aria-hidden /> Replay this event
        </Button>
        {call && (
          <>
            <Button size="small" disabled={isPending} onClick={() => mutate(`${call}/replay`)}>
              <RotateCcw aria-hidden /> Replay whole call
            </Button>
            <a
              href={`${call}/capture`}
              download
              className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2 font-medium text-xs hover:bg-hover [&_svg]:size-4"
            >
              <Download aria-hidden /> Download call
            </a>
          </>
        )}
      </div>
      <div role="status">
        {isPending && (
          <p className="pt-2 text-muted">
            Replaying …{progress && ` ${progress.done} of ${formatCount(progress.total, "event")}`}
          </p>
        )}
        {data && !isPending && <ReplayResults results={data} />}
      </div>
      {error && (
        <p role="alert" className="pt-2">
          {error.message}
        </p>
      )}
    </Panel>
  );
}
