"use client";

import { use, useEffect, useEffectEvent, useState } from "react";
import { type DatabaseProblem, healthSchema } from "@/lib/health/health";
import { fetchOwn } from "@/lib/http/client";
import { serverTime } from "@/lib/http/server-time";
import { ConnectionContext } from "@/lib/realtime/client/connection";

/** Together with the server's own detection time, a problem shows within three seconds. */
const pollMs = 1_000;

/**
 * Polls for the reason why events cannot be stored; null while they can. Skipped while the page is hidden, and after a
 * push, which shows that an event was just stored.
 * @param onRecovered called each time the problem ends
 */
export function useDatabaseProblem(
  onRecovered: () => void = () => {},
  initial: DatabaseProblem | null = null,
): DatabaseProblem | null {
  const [problem, setProblem] = useState(initial);
  const recovered = useEffectEvent(onRecovered);
  const connection = use(ConnectionContext);
  useEffect(() => {
    let last = initial;
    let timer: ReturnType<typeof setTimeout>;
    const leaving = new AbortController();
    // Absolute, so that a clock set back does not stop the requests until it catches up.
    const hasJustBeenPushed = () => Math.abs(serverTime.now() - (connection?.getLastPushAt() ?? 0)) < pollMs;
    const ask = async () => {
      const isUnneeded = document.hidden || (!last && hasJustBeenPushed());
      if (!isUnneeded) await check();
      if (!leaving.signal.aborted) timer = setTimeout(ask, pollMs);
    };
    const check = async () => {
      const found = await askHealth(leaving.signal);
      if (leaving.signal.aborted) return;
      // An unreachable server tells nothing about its database.
      if (found !== undefined) {
        setProblem(found);
        if (last && !found) recovered();
        last = found;
      }
    };
    void ask();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [initial, connection]);
  return problem;
}

async function askHealth(signal: AbortSignal): Promise<DatabaseProblem | null | undefined> {
  const response = await fetchOwn("/api/health", { signal }).catch(() => null);
  // A 503 has the same body.
  return healthSchema.safeParse(await response?.json().catch(() => null)).data?.problem;
}
