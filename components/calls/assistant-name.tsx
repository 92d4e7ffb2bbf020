import type { Call } from "@/lib/calls/call";

/** The assistant on a call, by name and version, else by id. Where there is little room the name is cut, and last the version. */
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

/** Versions come as "14" or as a label of their own, such as "v14" or "spring". */
function toLabel(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}
