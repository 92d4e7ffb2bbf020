import { parseAsString, parseAsStringLiteral } from "nuqs";
import type { Call } from "@/lib/calls/call";
import { callTitle } from "@/lib/calls/call";
import type { SilenceLevels } from "@/lib/calls/state";
import { callState } from "@/lib/calls/state";

export const shows = ["all", "attention", "mine", "ringing", "no-signal"] as const;
export const views = ["rows", "tiles", "wall"] as const;

export type Show = (typeof shows)[number];
export type View = (typeof views)[number];

/** The board's filter in the URL. */
export const boardParsers = {
  show: parseAsStringLiteral(shows).withDefault("all"),
  assistant: parseAsString.withDefault(""),
  number: parseAsString.withDefault(""),
  q: parseAsString.withDefault(""),
  view: parseAsStringLiteral(views).withDefault("rows"),
  /** The call open in the side panel. */
  panel: parseAsString.withDefault(""),
};

export interface BoardFilter {
  show: Show;
  assistant: string;
  number: string;
  q: string;
}

/** What a filter needs besides the calls. */
export interface Sight {
  /** Epoch ms. */
  now: number;
  levels: SilenceLevels;
  /** Calls with an open alert. */
  open: ReadonlyMap<string, unknown>;
  /** Calls whose alert is assigned to the viewer or was acknowledged by them. */
  mine: ReadonlySet<string>;
}

/** Whether a call matches the filter. */
export function matchesFilter(
  call: Call,
  { show, assistant, number, q }: BoardFilter,
  sight: Sight,
): boolean {
  if (!isShown(call, show, sight)) return false;
  if (assistant && call.assistantName !== assistant && call.assistantId !== assistant) return false;
  if (number && call.phoneNumber !== number) return false;
  return q === "" || textOf(call).includes(q.toLowerCase().replace(/\s+/g, ""));
}

function isShown(call: Call, show: Show, { now, levels, open, mine }: Sight): boolean {
  switch (show) {
    case "all":
      return true;
    case "attention":
      return open.has(call.id);
    case "mine":
      return mine.has(call.id);
    case "ringing":
    case "no-signal":
      return callState(call, now, levels) === show;
  }
}

/** All text shown of a call, without spaces, so that a number is found with or without them. */
function textOf(call: Call): string {
  const { assistantName, customerNumber, phoneNumber, lastLine, lastToolName, id } = call;
  return [callTitle(call), customerNumber, assistantName, phoneNumber, lastLine?.text, lastToolName, id]
    .join(" ")
    .toLowerCase()
    .replace(/\s+/g, "");
}
