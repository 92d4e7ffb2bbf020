import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Sent } from "@/lib/http/client";
import { mostChosen } from "@/lib/reports/filter";
import { toChunks } from "@/lib/to-chunks";

type BulkAction = (some: readonly string[], index: number) => Promise<Sent>;

/**
 * Runs an action on many calls, in chunks of the size one request allows. Stops at the first error or when the
 * component unmounts; what was done by then stays done.
 */
export function useBulk(ids: readonly string[]) {
  const [done, setDone] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const queryClient = useQueryClient();
  const isNotFound = useRef(false);
  useEffect(() => {
    isNotFound.current = false;
    return () => {
      isNotFound.current = true;
    };
  }, []);

  /** Resolves to whether everything was done. The archive is refetched in any case. */
  async function run(act: BulkAction): Promise<boolean> {
    setProblem(null);
    const isDone = await runParts(act);
    void queryClient.invalidateQueries({ queryKey: ["reports"] });
    return isDone;
  }

  async function runParts(act: BulkAction): Promise<boolean> {
    let count = 0;
    for (const [index, some] of toChunks(ids, mostChosen).entries()) {
      if (isNotFound.current) return false;
      setDone(count);
      const sent = await act(some, index);
      if (!sent.ok) {
        const before = count > 0 ? `Done for ${count.toLocaleString("en")} of them. ` : "";
        setProblem(before + sent.why);
        setDone(null);
        return false;
      }
      count += some.length;
    }
    return true;
  }

  return {
    isRunning: done !== null,
    /** Progress, if the action takes more than one request. */
    progress:
      done !== null && ids.length > mostChosen
        ? `${done.toLocaleString("en")} of ${ids.length.toLocaleString("en")}`
        : null,
    problem,
    run,
  };
}
