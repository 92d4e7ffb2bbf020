import type { Line } from "@/lib/calls/line";
import { cleanText } from "@/lib/clean-text";

/** Postgres takes no more positions than 16,383 in one text; nobody reads further either. */
const longest = 200_000;

/** Everything in words that a call left, for finding it and for showing where: its summary, then what was said. */
export function toCallText(summary: string | null, lines: readonly Pick<Line, "text">[]): string {
  return cleanText([summary ?? "", ...lines.map(({ text }) => text)].join("\n").trim(), longest);
}
