"use client";

import { useEffect, useState } from "react";
import { readPeaks } from "@/components/player/read-peaks";

type Peaks =
  | { state: "reading" }
  | { state: "drawn"; peaks: number[][] }
  /** Too long to draw. */
  | { state: "undrawn" }
  | { state: "failed"; why: string };

/** A recording's loudness over time, once it has been fetched and decoded. */
export function usePeaks(src: string): Peaks {
  const [peaks, setPeaks] = useState<Peaks>({ state: "reading" });
  useEffect(() => {
    const leave = new AbortController();
    readPeaks(src, leave.signal).then(
      (read) => setPeaks(read ? { state: "drawn", peaks: read } : { state: "undrawn" }),
      (cause: unknown) => {
        if (leave.signal.aborted) return;
        setPeaks({ state: "failed", why: cause instanceof Error ? cause.message : String(cause) });
      },
    );
    return () => leave.abort();
  }, [src]);
  return peaks;
}
