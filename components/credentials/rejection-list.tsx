import { LocalTime } from "@/components/clock/local-time";
import { notableHeaders } from "@/lib/credentials/rejection";
import type { ExplainedRejection } from "@/lib/credentials/setup";

/** Rejected requests, each with what to change. Never shows a header's value or any of the body. */
export function RejectionList({ rejections }: { rejections: readonly ExplainedRejection[] }) {
  return (
    <ul
      aria-label="Rejected requests"
      className="divide-y divide-line rounded-lg border border-line bg-surface"
    >
      {rejections.map((rejection) => (
        <li key={rejection.key} className="grid gap-1 px-4 py-3">
          <p className="wrap-anywhere font-medium">{rejection.what}</p>
          <p className="wrap-anywhere">{rejection.change}</p>
          <p className="wrap-anywhere text-muted text-xs">
            {rejection.count === 1 ? "Once" : `${rejection.count} times`}, last{" "}
            <LocalTime at={rejection.lastAt} />
            {rejection.addressRange && ` · from ${rejection.addressRange}`}
            {` · relevant headers: ${notableHeaders(rejection.headerNames).join(", ") || "none"}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
