"use client";

import { useState, useTransition } from "react";
import { LocalTime } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { Link } from "@/components/ui/link";
import { momentHref } from "@/lib/calls/call";
import { formatCount } from "@/lib/format";
import { sendJson } from "@/lib/http/client";
import { type Backtest, backtestSchema } from "@/lib/rules/rule";

export interface Tested {
  isPending: boolean;
  /** Null before the first test. */
  result: Backtest | null;
  /** Why there is no result. */
  problem: string | null;
}

/** Runs a back-test: how often a rule would have fired. `onDone`: called with the result. */
export function useBacktest(onDone?: () => void): Tested & { run: (body: object) => void } {
  const [isPending, start] = useTransition();
  const [result, setResult] = useState<Backtest | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const run = (body: object) =>
    start(async () => {
      const sent = await sendJson("POST", "/api/alert-rules/backtest", body);
      const read = sent.ok ? backtestSchema.safeParse(sent.value) : null;
      setResult(read?.data ?? null);
      setProblem(sent.ok ? (read?.success ? null : "Earshot has changed. Reload the page.") : sent.why);
      if (read?.success) onDone?.();
    });

  return { isPending, result, problem, run };
}

/** How often and where a rule would have fired, each with a link to the moment. */
export function BacktestResult({ isPending, result, problem }: Tested) {
  if (isPending)
    return (
      <p role="status" className="text-muted text-sm">
        Looking through the last 30 days…
      </p>
    );
  if (problem) return <FormMessage kind="error">{problem}</FormMessage>;
  if (!result) return null;
  return (
    <section aria-label="Back-test" className="grid min-w-0 gap-2 rounded-md border border-line p-3">
      <p role="status" className="text-sm">
        {summarize(result)}
      </p>
      {result.hits.length > 0 && (
        <ul className="grid max-h-80 gap-1 overflow-y-auto text-sm">
          {result.hits.map((hit) => (
            <li key={`${hit.callId} ${hit.at}`} className="min-w-0">
              <Link href={momentHref(hit.callId, hit.at)} className="text-accent hover:underline">
                <span dir="auto" className="wrap-anywhere">
                  {hit.title}
                </span>
                {" · "}
                <LocalTime at={hit.at} />
              </Link>
              {hit.text && (
                <span dir="auto" className="wrap-anywhere text-muted">
                  {" "}
                  {hit.text}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {result.firings > result.hits.length && (
        <p className="text-muted text-xs">Showing the newest {result.hits.length}.</p>
      )}
    </section>
  );
}

function summarize({ days, calls, isComplete, firings, callsWithFirings }: Backtest): string {
  const scope = isComplete
    ? `${formatCount(calls, "call")} of the last ${days} days`
    : `the newest ${formatCount(calls, "call")}`;
  if (firings === 0) return `Would not have fired in ${scope}.`;
  return `Would have fired ${formatCount(firings, "time")} in ${callsWithFirings} of ${scope}.`;
}
