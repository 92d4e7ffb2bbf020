import { maskRecord } from "@/lib/calls/mask";

type Names = readonly (string | null)[];

/** What Vapi measures: stamps, lengths and costs. They look like numbers of people, and tell nothing of any. */
const measures =
  /^(?:time|timestamp|\w*Time|\w+At|duration\w*|secondsFromStart|cost\w*|\w*[cC]ost|\w+Tokens|\w+Ms|total)$/;

/** A message as somebody may see it who may not see callers' data (lib/calls/mask.ts), with what Vapi measures as it was. */
export function maskMessage(message: object, names: Names): Record<string, unknown> {
  const masked = maskRecord(message, names);
  restoreMeasures(masked, message);
  return { ...masked, ...("type" in message && { type: message.type }) };
}

function restoreMeasures(masked: unknown, original: unknown): void {
  if (!isHolder(masked) || !isHolder(original)) return;
  for (const [key, value] of Object.entries(original)) {
    if (!(key in masked)) continue;
    if (measures.test(key) && isMeasure(value)) masked[key] = value;
    else restoreMeasures(masked[key], value);
  }
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isMeasure(value: unknown): boolean {
  return (
    typeof value === "number" ||
    (typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]{5,16}(?:Z|[+-]\d\d:\d\d)$/.test(value))
  );
}
