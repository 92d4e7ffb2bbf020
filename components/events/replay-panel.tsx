"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download, RotateCcw } from "lucide-react";
import { useState } from "react";
import { ReplayResults } from "@/components/events/replay-results";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { type Replayed, replayAnswerSchema } from "@/lib/events/event";
import { sendJson } from "@/lib/http/client";

/** Reads an event, or its whole call, once more with today's code; and gives the call out as a capture. */
export function ReplayPanel({ eventKey, callId }: { eventKey: string; callId: string | null }) {
  const client = useQueryClient();
  /** Of a long call, which is read in pieces. */
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
        Reads what is kept once more with today’s code. No tool runs again, nothing is answered or told twice.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="small" disabled={isPending} onClick={() => mutate(`/api/events/${eventKey}/replay`)}>
          <RotateCcw aria-hidden /> Replay this event
        </Button>
        {call && (
          <>
            <Button size="small" disabled={isPending} onClick={() => mutate(`${call}/replay`)}>
              <RotateCcw aria-hidden /> Replay the whole call
            </Button>
            <a
              href={`${call}/capture`}
              download
              className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2 font-medium text-xs hover:bg-hover [&_svg]:size-4"
            >
              <Download aria-hidden /> Download the call
            </a>
          </>
        )}
      </div>
      <div role="status">
        {isPending && (
          <p className="pt-2 text-muted">
            Replaying …{progress && ` ${progress.done} of ${progress.total} events`}
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
