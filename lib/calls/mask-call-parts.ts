import type { HeardLine, Line, PartialLine } from "@/lib/calls/line";
import type { Mark } from "@/lib/calls/mark";
import { maskAnswer } from "@/lib/calls/mask-answer";
import { maskRecord } from "@/lib/calls/mask-record";
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

/** A mark as viewers see it: a transfer's destination is a number. */
export function maskMark(mark: Mark, names: Names): Mark {
  return { ...mark, detail: mark.detail && maskText(mark.detail, names) };
}

/** A tool call as viewers see it. */
export function maskToolCall(toolCall: ToolCall, names: Names): ToolCall {
  const { result, error, warnings } = toolCall;
  return {
    ...toolCall,
    arguments: maskRecord(toolCall.arguments, names),
    result: result && maskAnswer(result, names),
    error: error && maskText(error, names),
    ...(warnings && { warnings: warnings.map((warning) => maskText(warning, names)) }),
  };
}
