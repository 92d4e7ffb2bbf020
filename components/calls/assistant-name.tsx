import type { Call } from "@/lib/calls/call";

/** The assistant on a call, by name and version, else by id. */
export function AssistantName({ call }: { call: Call }) {
  const { assistantName, assistantId, assistantVersion } = call;
  return (
    <>
      {assistantName ?? assistantId ?? "No assistant"}
      {assistantVersion && <span className="text-muted"> v{assistantVersion}</span>}
    </>
  );
}
