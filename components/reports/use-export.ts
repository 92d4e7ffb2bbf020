"use client";

import { useRef, useState } from "react";
import { type Progress, saveToDisk } from "@/components/reports/save-to-disk";
import { type ExportFormat, exportFiles } from "@/lib/reports/columns";

export type ExportState =
  | { is: "idle" }
  | { is: "running"; progress: Progress }
  | { is: "done"; progress: Progress }
  | { is: "failed"; why: string };

/** An export, from the click until the file is there, or somebody calls it off. */
export function useExport() {
  const [state, setState] = useState<ExportState>({ is: "idle" });
  const running = useRef<AbortController | null>(null);

  async function start(params: string, format: ExportFormat) {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    setState({ is: "running", progress: { bytes: 0, lines: 0 } });
    const query = new URLSearchParams(params);
    query.delete("sort");
    query.set("format", format);
    try {
      const progress = await saveToDisk(
        `/api/reports/export?${query}`,
        exportFiles[format].name,
        own.signal,
        (now) => setState({ is: "running", progress: now }),
      );
      setState({ is: "done", progress });
    } catch (cause) {
      if (own.signal.aborted) return;
      const why = cause instanceof Error ? cause.message : "The connection broke.";
      setState({ is: "failed", why: `The export failed, and nothing was saved: ${why}` });
    }
  }

  function cancel() {
    running.current?.abort();
    setState({ is: "idle" });
  }

  return { state, start, cancel };
}
