"use client";

import { useState, useTransition } from "react";
import { sendJson } from "@/lib/http/client";
import { type Backtest, backtestSchema } from "@/lib/rules/rule";

export interface Tested {
  isPending: boolean;
  /** Null before the first. */
  result: Backtest | null;
  /** Why there is no result. */
  refusal: string | null;
}

/** Asks how often a rule would have fired. `onDone`: once the answer is there. */
export function useBacktest(onDone?: () => void): Tested & { run: (body: object) => void } {
  const [isPending, start] = useTransition();
  const [result, setResult] = useState<Backtest | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const run = (body: object) =>
    start(async () => {
      const sent = await sendJson("POST", "/api/alert-rules/backtest", body);
      const read = sent.ok ? backtestSchema.safeParse(sent.value) : null;
      setResult(read?.data ?? null);
      setRefusal(sent.ok ? (read?.success ? null : "Earshot has changed. Reload the page.") : sent.why);
      if (read?.success) onDone?.();
    });

  return { isPending, result, refusal, run };
}
