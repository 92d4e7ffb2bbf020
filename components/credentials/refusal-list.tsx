import { LocalTime } from "@/components/clock/local-time";
import { notableHeaders } from "@/lib/credentials/refusal";
import type { ExplainedRefusal } from "@/lib/credentials/setup";

/** Rejected requests, each with what to change. Never shows a header's value or any of the body. */
export function RefusalList({ refusals }: { refusals: readonly ExplainedRefusal[] }) {
  return (
    <ul
      aria-label="Rejected requests"
      className="divide-y divide-line rounded-lg border border-line bg-surface"
    >
      {refusals.map((refusal) => (
        <li key={refusal.key} className="grid gap-1 px-4 py-3">
          <p className="wrap-anywhere font-medium">{refusal.what}</p>
          <p className="wrap-anywhere">{refusal.change}</p>
          <p className="wrap-anywhere text-muted text-xs">
            {refusal.count === 1 ? "Once" : `${refusal.count} times`}, last <LocalTime at={refusal.lastAt} />
            {refusal.addressRange && ` · from ${refusal.addressRange}`}
            {` · relevant headers: ${notableHeaders(refusal.headerNames).join(", ") || "none"}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
