"use client";

import { X } from "lucide-react";
import { type ExportState, useExport } from "@/components/reports/use-export";
import { Button } from "@/components/ui/button";
import { MenuButton, MenuChoice } from "@/components/ui/menu-button";
import { formatCount } from "@/lib/format";
import type { ReportCount } from "@/lib/reports/columns";

interface ExportProgressProps {
  state: ExportState;
  /** Expected number of calls. */
  total: ReportCount | null;
  onClose: () => void;
}

/** Progress of an export, in a corner so that the page stays usable. */
export function ExportProgress({ state, total, onClose }: ExportProgressProps) {
  if (state.is === "idle") return null;
  const isRunning = state.is === "running";
  return (
    <div
      role={state.is === "failed" ? "alert" : "status"}
      className="fixed right-3 bottom-3 z-40 grid w-72 max-w-[calc(100vw-1.5rem)] gap-2 rounded-lg border border-line bg-surface p-3 shadow-xl"
    >
      <div className="flex items-start justify-between gap-2">
        <p className="font-medium">
          {isRunning ? "Exporting …" : state.is === "done" ? "The export is in your downloads" : state.why}
        </p>
        <Button
          variant="quiet"
          size="small"
          onClick={onClose}
          aria-label={isRunning ? "Cancel export" : "Close"}
        >
          {isRunning ? "Cancel" : <X aria-hidden />}
        </Button>
      </div>
      {state.is !== "failed" && (
        <>
          {isRunning && total && (
            <progress
              aria-label="Export"
              className="h-1.5 w-full"
              value={Math.min(state.progress.lines, total.count)}
              max={Math.max(1, total.count)}
            />
          )}
          <p className="text-muted text-xs">
            {formatCount(state.progress.lines, "line")}
            {isRunning && total && ` of ${total.isExact ? "" : "about "}${total.count.toLocaleString("en")}`},{" "}
            {formatBytes(state.progress.bytes)}
          </p>
        </>
      )}
    </div>
  );
}

function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1_000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

interface ExportMenuProps {
  params: string;
  count: ReportCount | null;
}

/** Exports the matching calls as a file, with progress. */
export function ExportMenu({ params, count }: ExportMenuProps) {
  const { state, start, cancel } = useExport();
  return (
    <>
      <MenuButton verb="Export" label="Export the matching calls">
        <MenuChoice onChoose={() => start(params, "csv")}>As CSV</MenuChoice>
        <MenuChoice onChoose={() => start(params, "jsonl")}>As JSON lines</MenuChoice>
        <MenuChoice onChoose={() => start(params, "transcripts")}>As JSON lines with transcripts</MenuChoice>
      </MenuButton>
      <ExportProgress state={state} total={count} onClose={cancel} />
    </>
  );
}
