"use client";

import { useQueryClient } from "@tanstack/react-query";
import { LiveAgo } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Badge, Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { sendJson } from "@/lib/http/client";
import type { ImportChange, ImportJob, ImportState } from "@/lib/imports/job";
import { importsQuery } from "@/lib/imports/queries";

const stateLabels: Readonly<Record<ImportState, string>> = {
  running: "Importing",
  paused: "Paused",
  done: "Done",
  cancelled: "Cancelled",
  failed: "Failed",
};

const dayOf = (iso: string) => iso.slice(0, 10);
/** The last day included in the import. */
const lastDay = (until: string) => dayOf(new Date(Date.parse(until) - 1).toISOString());
const count = new Intl.NumberFormat("en");

/** "120 of about 400 calls"; the total is exact only once every call has been processed. */
export function describeProgress({ done, total, isEstimate }: ImportJob): string {
  if (total === null) return done === 0 ? "Asking Vapi" : formatCount(done, "call");
  return `${count.format(done)} of ${isEstimate ? "about " : ""}${count.format(total)} calls`;
}

/** Number of processed calls per result; zeros are left out. */
function describeCounts({ imported, known, goingOn, deleted, failed }: ImportJob): string {
  const counts = [
    `${count.format(imported)} imported`,
    known > 0 && `${count.format(known)} already here`,
    goingOn > 0 && `${count.format(goingOn)} not ended yet`,
    deleted > 0 && `${count.format(deleted)} previously deleted`,
    failed > 0 && `${count.format(failed)} failed`,
  ];
  return counts.filter(Boolean).join(", ");
}

/** One import: its days, progress and actions. */
export function ImportRow({ job }: { job: ImportJob }) {
  const { id, state, from, until, startedBy, startedAt, share, error } = job;
  const client = useQueryClient();
  const { isPending, problem, run } = useChange();
  const change = (to: ImportChange) =>
    run(
      () => sendJson("PATCH", `/api/imports/${id}`, { state: to }),
      () => client.invalidateQueries({ queryKey: importsQuery.queryKey }),
    );
  const isUnderway = state === "running" || state === "paused";
  return (
    <Row
      title={
        <>
          {dayOf(from)} to {lastDay(until)}
          <Badge>{stateLabels[state]}</Badge>
        </>
      }
      facts={
        <>
          {describeCounts(job)} · started by {startedBy} <LiveAgo at={startedAt} />
        </>
      }
      actions={
        isUnderway && (
          <>
            <Button
              size="small"
              disabled={isPending}
              onClick={() => change(state === "paused" ? "running" : "paused")}
            >
              {state === "paused" ? "Resume" : "Pause"}
            </Button>
            <ConfirmButton
              verb="Cancel import"
              title="Cancel this import?"
              disabled={isPending}
              onConfirm={() => change("cancelled")}
            >
              Calls imported so far are kept.
            </ConfirmButton>
          </>
        )
      }
    >
      {isUnderway && (
        <div className="grid gap-1">
          <progress aria-label="Import progress" className="h-2 w-full" value={share} max={1} />
          <span className="text-muted text-xs">
            {describeProgress(job)}
            {error && ` · ${error}`}
          </span>
        </div>
      )}
      {state === "failed" && error && <FormMessage kind="error">{error}</FormMessage>}
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </Row>
  );
}
