"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Star } from "lucide-react";
import { useRef, useState } from "react";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { LiveAgo } from "@/components/clock/local-time";
import { readFields, takeFields } from "@/components/form/read-fields";
import { ReviewTags } from "@/components/reports/review-tags";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Panel, Skeleton } from "@/components/ui/panel";
import { type Sent, sendJson } from "@/lib/http/client";
import { reviewQuery } from "@/lib/reports/queries";
import { reviewSchema } from "@/lib/reports/review";

/** A field for a note. Ctrl or Cmd with Enter saves it; if saving fails, the text stays. */
export function ReviewNoteForm({ onWrite }: { onWrite: (text: string) => Promise<boolean> }) {
  const form = useRef<HTMLFormElement>(null);
  const [isSending, setSending] = useState(false);

  async function write(fields: FormData) {
    if (isSending) return;
    setSending(true);
    if (await onWrite(readFields(fields, "text").text)) form.current?.reset();
    setSending(false);
  }

  return (
    <form ref={form} onSubmit={takeFields(write)} className="grid gap-2">
      <textarea
        name="text"
        aria-label="New note"
        placeholder="Note"
        rows={2}
        required
        maxLength={2_000}
        onKeyDown={({ key, ctrlKey, metaKey, currentTarget }) => {
          if (key === "Enter" && (ctrlKey || metaKey)) currentTarget.form?.requestSubmit();
        }}
        className="w-full rounded-md border border-line bg-surface px-2 py-1.5 text-sm placeholder:text-muted hover:border-line-strong"
      />
      <Button type="submit" size="small" disabled={isSending} className="h-8 justify-self-end">
        Save note
      </Button>
    </form>
  );
}

interface ReviewScoreProps {
  score: number | null;
  canChange: boolean;
  onChange: (score: number | null) => void;
}

const scores = [1, 2, 3, 4, 5];

/** One to five stars; pressing the current one clears the score. */
export function ReviewScore({ score, canChange, onChange }: ReviewScoreProps) {
  if (!canChange)
    return <p>{score === null ? <span className="text-muted">Not scored</span> : `Score: ${score} of 5`}</p>;
  return (
    <fieldset className="flex items-center gap-0.5">
      <legend className="sr-only">Score</legend>
      {scores.map((each) => (
        <button
          key={each}
          type="button"
          aria-label={`Score ${each} of 5`}
          aria-pressed={score === each}
          onClick={() => onChange(score === each ? null : each)}
          className="reach grid size-8 place-items-center rounded-md hover:bg-hover"
        >
          <Star
            aria-hidden
            className={classNames("size-4", each <= (score ?? 0) ? "fill-current text-accent" : "text-muted")}
          />
        </button>
      ))}
      <span className="pl-1 text-muted">{score === null ? "Not scored" : `${score} of 5`}</span>
    </fieldset>
  );
}

/** Tags, score and notes of a call. Operators edit them, everyone sees them. */
export function ReviewPanel({ callId }: { callId: string }) {
  const { canAct } = useAlertsContext();
  const { data: review, error, refetch } = useQuery(reviewQuery(callId));
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const path = `/api/calls/${encodeURIComponent(callId)}`;

  function take(sent: Sent): boolean {
    setProblem(sent.ok ? null : sent.why);
    if (sent.ok) queryClient.setQueryData(reviewQuery(callId).queryKey, reviewSchema.parse(sent.value));
    return sent.ok;
  }

  /** Names the tags instead of sending the whole list, which would undo what another person has changed. */
  async function changeTags(change: { add?: string[]; remove?: string[] }) {
    const sent = await sendJson("POST", "/api/reports/tags", { ids: [callId], ...change });
    setProblem(sent.ok ? null : sent.why);
    if (sent.ok) await refetch();
    return sent.ok;
  }

  return (
    <Panel title="Review" aside={review?.scoredBy && `scored by ${review.scoredBy.name}`}>
      {!review && !error && <Skeleton className="h-16" />}
      {error && !review && (
        <p role="alert">
          Could not load the review: {error.message} <Button onClick={() => refetch()}>Try again</Button>
        </p>
      )}
      {review && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <ReviewScore
            score={review.score}
            canChange={canAct}
            onChange={async (score) => take(await sendJson("PUT", `${path}/review`, { score }))}
          />
          <ReviewTags tags={review.tags} canChange={canAct} onChange={changeTags} />
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
          {problem && (
            <p role="alert" className="text-danger">
              {problem}
            </p>
          )}
        </div>
      )}
    </Panel>
  );
}
