import type { Recording } from "@/lib/calls/report";

/** How it stands with our own copy of a recording; nothing where none is made. */
export function CopyState({ recording: { copy, copyError } }: { recording: Recording }) {
  if (copy === "kept") return "Kept in your own storage.";
  if (copy === "waiting")
    return copyError
      ? `To be copied to your own storage; the last try failed: ${copyError}`
      : "To be copied to your own storage.";
  return copy === "failed" ? `Not copied to your own storage: ${copyError ?? "nobody knows why."}` : null;
}
