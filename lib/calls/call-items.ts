import { whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import { type Bubble, type CallMoment, toMoments, toTranscript } from "@/lib/calls/transcript";
import { atTurnStarts } from "@/lib/calls/turn-starts";
import { toTurns } from "@/lib/calls/turns";

type Item = Bubble | CallMoment;

/** What was said and what happened on a call, in order, as a reader sees it: turns at their start, one item a wait. */
export function toCallItems({
  call,
  lines,
  partials,
  toolCalls,
  marks,
  operatorActions,
}: Pick<CallDetail, "call" | "lines" | "partials" | "toolCalls" | "marks" | "operatorActions">): Item[] {
  const items = toTranscript(lines, partials, toMoments(toolCalls, marks, operatorActions));
  return joinHangs(atTurnStarts(items, toTurns(marks, whenEnded(call))));
}

/**
 * Vapi repeats `hang` every few seconds until somebody speaks: its warnings of one wait are one item, which stands where the
 * first of them came, whatever else happened in between.
 */
function joinHangs(items: readonly Item[]): Item[] {
  const joined: Item[] = [];
  /** Where the warning of the wait that goes on stands; -1 after speech. */
  let place = -1;
  for (const item of items) {
    const first = joined[place];
    if (item.kind === "bubble") place = -1;
    if (item.kind === "bubble" || item.what !== "mark" || item.mark.kind !== "hang") joined.push(item);
    else if (first?.kind === "moment" && first.what === "mark") {
      joined[place] = { ...first, warnings: (first.warnings ?? 1) + 1, until: item.at };
    } else place = joined.push(item) - 1;
  }
  return joined;
}
