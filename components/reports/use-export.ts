"use client";

import { useRef, useState } from "react";
import { type ExportFormat, exportFiles } from "@/lib/reports/columns";

export interface Progress {
  bytes: number;
  /** Complete lines so far. */
  lines: number;
}

/**
 * Streams a file and hands it to the browser's downloads once complete. The chunks are kept in a Blob, which browsers
 * move to disk as it grows.
 *
 * @throws an Error with the server's message if it rejects the request; an AbortError if `signal` aborts
 */
export async function saveToDisk(
  path: string,
  fileName: string,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Progress> {
  const response = await fetch(path, { signal });
  if (!response.ok || !response.body) {
    const problem: unknown = await response.json().catch(() => null);
    const detail =
      typeof problem === "object" && problem && "detail" in problem ? String(problem.detail) : null;
    throw new Error(detail ?? `The server answered ${response.status}.`);
  }
  const progress = { bytes: 0, lines: 0 };
  let parts = new Blob();
  const reader = response.body.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    parts = new Blob([parts, value]);
    progress.bytes += value.byteLength;
    for (const byte of value) if (byte === 10) progress.lines += 1;
    onProgress({ ...progress });
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(parts);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return progress;
}

export type ExportState =
  | { is: "idle" }
  | { is: "running"; progress: Progress }
  | { is: "done"; progress: Progress }
  | { is: "failed"; why: string };

/** State of an export, from the click until the file is saved or the export is cancelled. */
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
