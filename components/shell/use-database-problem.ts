"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { type DatabaseProblem, healthSchema } from "@/lib/health/health";

/** Together with the server's own detection time, a problem shows within three seconds. */
const pollMs = 1_000;

/**
 * Polls for the reason why events cannot be stored; null while they can.
 * @param onRecovered called each time the problem ends
 */
export function useDatabaseProblem(
  onRecovered: () => void = () => {},
  initial: DatabaseProblem | null = null,
): DatabaseProblem | null {
  const [problem, setProblem] = useState(initial);
  const recovered = useEffectEvent(onRecovered);
  useEffect(() => {
    let last = initial;
    let timer: ReturnType<typeof setTimeout>;
    const leaving = new AbortController();
    const ask = async () => {
      const found = await askHealth(leaving.signal);
      if (leaving.signal.aborted) return;
      // An unreachable server tells nothing about its database.
      if (found !== undefined) {
        setProblem(found);
        if (last && !found) recovered();
        last = found;
      }
      timer = setTimeout(ask, pollMs);
    };
    void ask();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [initial]);
  return problem;
}

async function askHealth(signal: AbortSignal): Promise<DatabaseProblem | null | undefined> {
  const response = await fetch("/api/health", { signal }).catch(() => null);
  // A 503 has the same body.
  return healthSchema.safeParse(await response?.json().catch(() => null)).data?.problem;
}
