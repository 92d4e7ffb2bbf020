import type { Span } from "@/lib/calls/call";
import type { Turn } from "@/lib/calls/parts";
import { formatDuration, formatSeconds } from "@/lib/format";

/** The timeline as a table: for screen readers, and for whoever wants the figures. */
export function TurnTable({ turns, span, caller }: { turns: readonly Turn[]; span: Span; caller: string }) {
  return (
    <details className="text-xs">
      <summary className="w-fit cursor-pointer rounded px-1 text-muted hover:text-ink">
        Turns as a table
      </summary>
      <div className="mt-2 max-h-64 overflow-y-auto">
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
            {turns.map(({ role, startedAt, stoppedAt, interrupted }) => (
              <tr key={`${role} ${startedAt}`} className="border-line border-t">
                <td className="py-1 pr-4">{formatDuration(Date.parse(startedAt) - span.from)}</td>
                <td className="py-1 pr-4">{role === "user" ? caller : "Assistant"}</td>
                <td className="py-1 pr-4">
                  {stoppedAt ? formatSeconds(Date.parse(stoppedAt) - Date.parse(startedAt)) : "speaking"}
                </td>
                <td className="py-1">{interrupted && "interrupted"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
