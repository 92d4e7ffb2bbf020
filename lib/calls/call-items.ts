import { callerLabel, callSpan, callTitle, type Speaker, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import { describeEndedReason, toEndCode } from "@/lib/calls/ended-reason";
import { describeOnlyIn } from "@/lib/calls/only-in";
import type { Turn } from "@/lib/calls/parts";
import { type Bubble, type CallMoment, describeMark, toMoments, toTranscript } from "@/lib/calls/transcript";
import { toTurns } from "@/lib/calls/turns";
import { describeAction } from "@/lib/control/describe";
import { formatDuration } from "@/lib/format";

/** A line is stamped when its last words become final, up to this long after its speaker stopped. */
const lateMs = 10_000;
/** The clocks of lines and marks differ by up to this. */
const clockMs = 500;

interface Stamped {
  kind: string;
  at: string;
}

interface Spoken extends Stamped {
  kind: "bubble";
  role: Speaker;
  until: string;
}

const isSpoken = (item: Stamped): item is Spoken => item.kind === "bubble";

/**
 * Moves the bubbles of a transcript to the start of their turn: Vapi stamps a line when its words become final, that is
 * after they were said. A bubble that continues a turn, or has no speech marks, keeps its stamp.
 */
export function atTurnStarts<T extends Stamped>(items: readonly T[], turns: readonly Turn[]): T[] {
  const lists = { user: toStarts(turns, "user"), assistant: toStarts(turns, "assistant") };
  const places = { user: 0, assistant: 0 };
  const saidUntil = { user: "", assistant: "" };
  const stamped = items.map((item) => {
    if (!isSpoken(item)) return item;
    const { role, at, until } = item;
    const list = lists[role];
    while ((list[places[role] + 1]?.startMs ?? Number.POSITIVE_INFINITY) <= Date.parse(at) + clockMs)
      places[role] += 1;
    const turn = list[places[role]];
    const isNear = turn !== undefined && Math.abs(Date.parse(at) - turn.startMs) <= turn.lengthMs + lateMs;
    const isFirst = turn !== undefined && turn.startedAt > saidUntil[role];
    saidUntil[role] = until;
    return isNear && isFirst && turn.startMs <= Date.parse(at) + clockMs
      ? { ...item, at: turn.startedAt }
      : item;
  });
  return stamped.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
}

function toStarts(turns: readonly Turn[], role: Speaker) {
  return turns
    .filter((turn) => turn.role === role)
    .map(({ startedAt, stoppedAt }) => {
      const startMs = Date.parse(startedAt);
      const lengthMs = stoppedAt === null ? Number.POSITIVE_INFINITY : Date.parse(stoppedAt) - startMs;
      return { startedAt, startMs, lengthMs };
    });
}

type Item = Bubble | CallMoment;

/** Returns the speech and events of a call in display order: turns at their start, the hang warnings of a wait as one item. */
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
 * Joins the hang warnings of one wait into one item at the place of the first, whatever else happened in between: Vapi
 * repeats `hang` every few seconds until somebody speaks.
 */
function joinHangs(items: readonly Item[]): Item[] {
  const joined: Item[] = [];
  /** Index of the current wait's warning; -1 after speech. */
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

/** A call as plain text: title, end reason, summary, and everything said and done, with times. */
export function toTextTranscript(detail: CallDetail): string {
  const { call, report } = detail;
  const { from, to } = callSpan(call, Date.parse(call.lastEventAt));
  const head = [
    `Call: ${callTitle(call)}`,
    `Id: ${call.id}`,
    `Assistant: ${call.assistantName ?? call.assistantId ?? "none"}`,
    `Began: ${new Date(from).toISOString()}`,
    `Length: ${formatDuration(to - from)}`,
    ...(call.endedReason ? [`Ended: ${describeEndedReason(toEndCode(call) ?? call.endedReason).words}`] : []),
    ...(report?.summary ? ["", report.summary] : []),
  ];
  const time = (iso: string) => formatDuration(Date.parse(iso) - from);
  const said = toCallItems({ ...detail, partials: [] }).map((item) => {
    const at = `[${time(item.at)}]`;
    if (item.kind === "bubble") {
      const who = item.role === "user" ? callerLabel(call) : (item.assistantName ?? "Assistant");
      const mark = item.onlyIn === null ? "" : ` [${describeOnlyIn(item.onlyIn)}]`;
      const note = item.filters.length > 0 ? " (changed by Vapi's security filter)" : "";
      return `${at} ${who}: ${item.text}${mark}${note}`;
    }
    if (item.what === "mark") {
      const { mark, warnings, until } = item;
      return `${at} (${describeMark(mark)}${until ? `, ${warnings} warnings until ${time(until)}` : ""})`;
    }
    if (item.what === "action") return `${at} (${describeAction(item.action)})`;
    const { name, result, error } = item.toolCall;
    return `${at} (Tool ${name}: ${error ?? result ?? "no answer"})`;
  });
  return [...head, "", ...said, ""].join("\n");
}
