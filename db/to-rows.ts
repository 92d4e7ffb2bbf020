import type { LineFact, MarkFact, ToolCallFact } from "@/db/facts";
import type { HeardLine } from "@/lib/calls/line";
import { toPartialId } from "@/lib/calls/partial-lines";
import type { Mark, ToolCall } from "@/lib/calls/parts";

/** Rows of a call, just witnessed or read back, in the shapes everybody outside `db/` knows. */

/** @param startedAt when the call began: some messages only tell how long after that they were said */
export function toHeardLine(row: LineFact, startedAt: Date | null): HeardLine {
  const { key, role, source, text, at, fromStartMs } = row;
  const isFromStart = startedAt !== null && fromStartMs != null;
  const saidAt = (isFromStart ? new Date(startedAt.getTime() + fromStartMs) : at).toISOString();
  return {
    id: source === "partial" ? toPartialId({ role, text, at: saidAt }) : key,
    role,
    text,
    at: saidAt,
    endedAt: row.endedAt?.toISOString() ?? null,
    source,
    final: source !== "partial",
    isTimed: row.isUntimed !== true,
    notBefore: row.notBefore?.toISOString() ?? null,
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
