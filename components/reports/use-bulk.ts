import { useEffect, useRef, useState } from "react";
import type { Sent } from "@/lib/http/send-json";
import { mostChosen } from "@/lib/reports/report-filter";
import { toChunks } from "@/lib/to-chunks";

/**
 * Does one thing with many calls, as many of them at a time as a request can name. It ends with the first refusal, or when
 * whoever asked for it is gone; what has been done until then is done.
 */
export function useBulk(ids: readonly string[]) {
  const [done, setDone] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);

  /** Resolves to whether all of it was done. */
  async function run(act: (some: readonly string[]) => Promise<Sent>): Promise<boolean> {
    setRefusal(null);
    let count = 0;
    for (const some of toChunks(ids, mostChosen)) {
      if (isGone.current) return false;
      setDone(count);
      const sent = await act(some);
      if (!sent.ok) {
        const before = count > 0 ? `It was done with ${count.toLocaleString("en")} of them. ` : "";
        setRefusal(before + sent.why);
        setDone(null);
        return false;
      }
      count += some.length;
    }
    return true;
  }

  return {
    isRunning: done !== null,
    /** How far it is, where that takes long enough to be told. */
    progress:
      done !== null && ids.length > mostChosen
        ? `${done.toLocaleString("en")} of ${ids.length.toLocaleString("en")}`
        : null,
    refusal,
    run,
  };
}
