import type { Call } from "@/lib/calls/call";

/** The call's assistant by name and version, or by ID. If space is short, the name is truncated first. */
export function AssistantName({ call }: { call: Call }) {
  const { assistantName, assistantId, assistantVersion } = call;
  return (
    <span className="inline-flex min-w-0 max-w-full align-bottom">
      <bdi className="min-w-[4ch] shrink-[999] truncate">
        {assistantName ?? assistantId ?? "No assistant"}
      </bdi>
      {assistantVersion && (
        <bdi className="truncate text-muted">
          <span className="whitespace-pre"> </span>
          {toLabel(assistantVersion)}
        </bdi>
      )}
    </span>
  );
}

/** Vapi sends versions as "14" or as a label, such as "v14" or "spring". */
function toLabel(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}
