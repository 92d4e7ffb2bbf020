import type { PartialLine } from "@/lib/calls/line";

/** One partial a role, the newest. Whether it is still to be shown depends on the lines: see toTranscript. */
export function mergePartial(partials: readonly PartialLine[], partial: PartialLine): readonly PartialLine[] {
  const known = partials.find((other) => other.role === partial.role);
  if (known && !isNewer(partial, known)) return partials;
  return [...partials.filter((other) => other !== known), partial];
}

/** Of two partials with one stamp the longer text, then the greater: so that both orders end alike. */
function isNewer(a: PartialLine, b: PartialLine): boolean {
  if (a.at !== b.at) return a.at > b.at;
  return a.text.length === b.text.length ? a.text > b.text : a.text.length > b.text.length;
}
