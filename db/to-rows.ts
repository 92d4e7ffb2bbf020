import type { LineFact, MarkFact, ToolCallFact } from "@/db/facts";
import type { Line } from "@/lib/calls/line";
import type { Mark } from "@/lib/calls/mark";
import type { ToolCall } from "@/lib/calls/tool-call";

/** Rows of a call, just witnessed or read back, in the shapes everybody outside `db/` knows. */

export function toLine(row: LineFact): Line {
  return {
    id: row.key,
    role: row.role,
    text: row.text,
    at: row.at.toISOString(),
    source: row.source,
    final: true,
    ...(row.assistantName && { assistantName: row.assistantName }),
    ...(row.confidence != null && { confidence: row.confidence }),
    ...(row.filter && { filter: row.filter }),
  };
}

export function toMark(row: MarkFact): Mark {
  return {
    id: row.key,
    kind: row.kind,
    role: row.role ?? null,
    turn: row.turn ?? null,
    at: row.at.toISOString(),
    detail: row.detail ?? null,
  };
}

export function toToolCall(row: ToolCallFact): ToolCall {
  return {
    id: `${row.id} ${row.asked}`,
    toolCallId: row.id,
    name: row.name,
    arguments: row.arguments,
    askedAt: row.askedAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    result: row.result ?? null,
    error: row.error ?? null,
    ...(row.warnings?.length && { warnings: row.warnings }),
  };
}
