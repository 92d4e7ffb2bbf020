import type { HeardLine, Line, PartialLine } from "@/lib/calls/line";
import type { Mark, MarkKind } from "@/lib/calls/mark";
import { maskNumber } from "@/lib/calls/mask-number";
import { maskAnswer, maskRecord } from "@/lib/calls/mask-record";
import { maskText } from "@/lib/calls/mask-text";
import type { ToolCall } from "@/lib/calls/tool-call";

type Names = readonly (string | null)[];

/** A line or partial as viewers see it. */
export function maskLine<T extends Line | HeardLine | PartialLine>(line: T, names: Names): T {
  const filter = "filter" in line ? line.filter : null;
  return {
    ...line,
    text: maskText(line.text, names),
    ...(filter && { filter: { ...filter, original: filter.original && maskText(filter.original, names) } }),
  };
}

/** Marks whose detail is where a call goes. */
const isOfTransfer: ReadonlySet<MarkKind> = new Set(["transfer", "transfer-answered", "forward-asked"]);

/** Where a call is transferred to, as viewers see it: a number however short, an address, or a team's name, which stays. */
export function maskDestination(destination: string, names: Names): string {
  return /^[+\d\s().-]+$|^sips?:|^tel:|@/i.test(destination)
    ? maskNumber(destination)
    : maskText(destination, names);
}

/** A mark as viewers see it. */
export function maskMark(mark: Mark, names: Names): Mark {
  const { kind, detail } = mark;
  return { ...mark, detail: detail && (isOfTransfer.has(kind) ? maskDestination : maskText)(detail, names) };
}

/** A tool call as viewers see it. */
export function maskToolCall(toolCall: ToolCall, names: Names): ToolCall {
  const { name, result, error, warnings } = toolCall;
  return {
    ...toolCall,
    name: maskText(name, names),
    arguments: maskRecord(toolCall.arguments, names),
    result: result && maskAnswer(result, names),
    error: error && maskAnswer(error, names),
    ...(warnings && { warnings: warnings.map((warning) => maskText(warning, names)) }),
  };
}
