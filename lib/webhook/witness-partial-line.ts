import "server-only";
import type { LineFact } from "@/db/facts";
import type { Speaker } from "@/lib/calls/call";
import { toPartialId } from "@/lib/calls/partial-lines";
import { hashToUuid } from "@/lib/webhook/hash-to-uuid";

/** What is being said, as a line that stands for its final should that get lost. */
export function witnessPartialLine(role: Speaker, text: string, at: Date): LineFact {
  const key = hashToUuid(toPartialId({ role, text, at: at.toISOString() }));
  return { key, role, source: "partial", text, at };
}
