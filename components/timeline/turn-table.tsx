"use client";

import { useState } from "react";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { Turn } from "@/lib/calls/parts";
import { formatDuration, formatSeconds } from "@/lib/format";

interface TurnTableProps {
  turns: readonly Turn[];
  /** Epoch ms of the call's start. */
  start: number;
  caller: string;
}

/** The timeline as a table, for screen readers and exact times. Rendered when opened: a long call has thousands of rows. */
export function TurnTable({ turns, start, caller }: TurnTableProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="text-xs" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="w-fit cursor-pointer rounded px-1 text-muted hover:text-ink">
        Turns as a table
      </summary>
      <ScrollRegion label="Turns" className="mt-2 max-h-40 overflow-y-auto">
        <table className="w-full max-w-xl text-left">
          <thead className="text-muted">
            <tr>
              {["Start", "Speaker", "Length", ""].map((head) => (
                <th key={head} scope="col" className="py-1 pr-4 font-normal">
                  {head || <span className="sr-only">Interruption</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(isOpen ? turns : []).map(({ role, startedAt, stoppedAt, interrupted }) => (
              <tr key={`${role} ${startedAt}`} className="border-line border-t">
                <td className="py-1 pr-4">{formatDuration(Date.parse(startedAt) - start)}</td>
                <td className="py-1 pr-4">{role === "user" ? caller : "Assistant"}</td>
                <td className="py-1 pr-4">
                  {stoppedAt ? formatSeconds(Date.parse(stoppedAt) - Date.parse(startedAt)) : "speaking"}
                </td>
                <td className="py-1">{interrupted && "interrupted"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  );
}
