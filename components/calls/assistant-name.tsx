import type { Call } from "@/lib/calls/call";

/** The assistant on a call, by name and version, else by id. */
export function AssistantName({ call }: { call: Call }) {
  const { assistantName, assistantId, assistantVersion } = call;
  return (
    <>
      <bdi>{assistantName ?? assistantId ?? "No assistant"}</bdi>
      {assistantVersion && <span className="text-muted"> {toLabel(assistantVersion)}</span>}
    </>
  );
}

/** Versions come as "14" or as a label of their own, such as "v14" or "spring". */
function toLabel(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}
