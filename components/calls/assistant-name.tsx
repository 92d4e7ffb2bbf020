import type { Call } from "@/lib/calls/call";

/** The assistant on a call, by name and version, else by id. Where there is little room the name is cut, the version never. */
export function AssistantName({ call }: { call: Call }) {
  const { assistantName, assistantId, assistantVersion } = call;
  return (
    <span className="inline-flex min-w-0 max-w-full align-bottom">
      <bdi className="truncate">{assistantName ?? assistantId ?? "No assistant"}</bdi>
      {assistantVersion && (
        <span className="shrink-0 whitespace-pre text-muted"> {toLabel(assistantVersion)}</span>
      )}
    </span>
  );
}

/** Versions come as "14" or as a label of their own, such as "v14" or "spring". */
function toLabel(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}
