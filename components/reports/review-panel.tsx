"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { LiveAgo } from "@/components/clock/live-ago";
import { ReviewNoteForm } from "@/components/reports/review-note-form";
import { ReviewScore } from "@/components/reports/review-score";
import { ReviewTags } from "@/components/reports/review-tags";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { type Sent, sendJson } from "@/lib/http/client";
import { reviewQuery } from "@/lib/reports/queries";
import { type ReviewChange, reviewSchema } from "@/lib/reports/review";

/** What people make of a call: tags, a score, notes. Operators change it, everybody sees it. */
export function ReviewPanel({ callId }: { callId: string }) {
  const { canAct } = useAlertsContext();
  const { data: review, error, refetch } = useQuery(reviewQuery(callId));
  const queryClient = useQueryClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const path = `/api/calls/${encodeURIComponent(callId)}`;

  function take(sent: Sent): boolean {
    setRefusal(sent.ok ? null : sent.why);
    if (sent.ok) queryClient.setQueryData(reviewQuery(callId).queryKey, reviewSchema.parse(sent.value));
    return sent.ok;
  }

  const change = async (what: ReviewChange) => take(await sendJson("PUT", `${path}/review`, what));

  return (
    <Panel title="Review" aside={review?.scoredBy && `scored by ${review.scoredBy.name}`}>
      {!review && !error && <Skeleton className="h-16" />}
      {error && !review && (
        <p role="alert">
          The review could not be loaded: {error.message} <Button onClick={() => refetch()}>Try again</Button>
        </p>
      )}
      {review && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <ReviewScore score={review.score} canChange={canAct} onChange={(score) => change({ score })} />
          <ReviewTags tags={review.tags} canChange={canAct} onChange={(tags) => change({ tags })} />
          {review.notes.length > 0 && (
            <ul aria-label="Notes" className="grid gap-2">
              {review.notes.map(({ id, by, at, text }) => (
                <li key={id} className="rounded-md bg-raised px-2.5 py-2">
                  <p dir="auto" className="wrap-anywhere whitespace-pre-wrap">
                    {text}
                  </p>
                  <p className="pt-1 text-muted text-xs">
                    {by.name}, <LiveAgo at={at} />
                  </p>
                </li>
              ))}
            </ul>
          )}
          {canAct && (
            <ReviewNoteForm
              onWrite={async (text) => take(await sendJson("POST", `${path}/notes`, { text }))}
            />
          )}
          {refusal && (
            <p role="alert" className="text-hang">
              {refusal}
            </p>
          )}
        </div>
      )}
    </Panel>
  );
}
