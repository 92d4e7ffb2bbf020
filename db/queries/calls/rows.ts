import type { LineFact, MarkFact, ToolCallFact } from "@/db/queries/record/facts";
import { type CallRow, calls } from "@/db/schema/calls";
import { callHangs, type HangSigns } from "@/lib/alerts/episodes";
import { type Call, findDirection, isOver, type LastLine, type Speaker } from "@/lib/calls/call";
import { isEndedWaiting } from "@/lib/calls/ended-reason";
import type { PartialLine, SourceLine } from "@/lib/calls/line";
import { toPartialId } from "@/lib/calls/partial-lines";
import type { Mark, ToolCall } from "@/lib/calls/parts";

/** The columns that toCall reads, which is all a displayed call needs; columns used only for merging are left out. */
export const shownColumns = {
  id: calls.id,
  conversationId: calls.conversationId,
  status: calls.status,
  type: calls.type,
  assistantId: calls.assistantId,
  assistantName: calls.assistantName,
  assistantVersion: calls.assistantVersion,
  customerNumber: calls.customerNumber,
  customerName: calls.customerName,
  phoneNumber: calls.phoneNumber,
  createdAt: calls.createdAt,
  startedAt: calls.startedAt,
  endedAt: calls.endedAt,
  endedReason: calls.endedReason,
  costUsd: calls.costUsd,
  userStartedAt: calls.userStartedAt,
  userStoppedAt: calls.userStoppedAt,
  userFinalAt: calls.userFinalAt,
  assistantStartedAt: calls.assistantStartedAt,
  assistantStoppedAt: calls.assistantStoppedAt,
  assistantSpokeAt: calls.assistantSpokeAt,
  assistantFinalAt: calls.assistantFinalAt,
  lastLineRole: calls.lastLineRole,
  lastLineText: calls.lastLineText,
  lastLineRank: calls.lastLineRank,
  partialUserText: calls.partialUserText,
  partialUserRank: calls.partialUserRank,
  partialAssistantText: calls.partialAssistantText,
  partialAssistantRank: calls.partialAssistantRank,
  lastToolName: calls.lastToolName,
  hangAt: calls.hangAt,
  hangs: calls.hangs,
  lastEventAt: calls.lastEventAt,
  version: calls.version,
} as const;

export type ShownRow = Pick<CallRow, keyof typeof shownColumns>;

/**
 * A call's row in the shape used outside `db/`.
 * @param signs the facts its hangs are derived from (readHangSigns); empty if Vapi sent no warning
 */
export function toCall(row: ShownRow, signs: HangSigns): Call {
  const call = withoutHangs(row);
  const hangs = callHangs(call, signs);
  const hangingSince = hangs.findLast(({ stoppedAt }) => stoppedAt === null)?.startedAt ?? null;
  return { ...call, hangingSince, openAlerts: hangingSince ? 1 : 0, hangs: hangs.length };
}

/** For a call whose hangs are not needed. */
export const noSigns: HangSigns = { marks: [], lines: [] };

function withoutHangs(row: ShownRow): Omit<Call, "hangs" | "hangingSince" | "openAlerts"> {
  const isLive = !isOver(row.status);
  return {
    id: row.id,
    conversationUuid: row.conversationId,
    status: row.status,
    type: row.type,
    direction: findDirection(row.type),
    assistantId: row.assistantId,
    assistantName: row.assistantName,
    assistantVersion: row.assistantVersion,
    customerNumber: row.customerNumber,
    customerName: row.customerName,
    phoneNumber: row.phoneNumber,
    createdAt: row.createdAt.toISOString(),
    startedAt: toIso(row.startedAt),
    endedAt: toIso(row.endedAt),
    endedReason: row.endedReason,
    endedWaiting: !isLive && isEndedWaiting(row),
    durationSeconds: findDuration(row),
    costUsd: row.costUsd,
    speaking: isLive ? findSpeaking(row) : null,
    lastSpeechAt: toIso(
      latestOf(
        row.userStartedAt,
        row.userStoppedAt,
        row.userFinalAt,
        row.assistantStartedAt,
        row.assistantStoppedAt,
        row.assistantSpokeAt,
      ),
    ),
    assistantSpokeAt: toIso(row.assistantSpokeAt),
    lastLine: findLastLine(row),
    lastToolName: row.lastToolName,
    lastEventAt: row.lastEventAt.toISOString(),
    version: row.version,
  };
}

/** The partial of each speaker, unless a final line of theirs is newer. */
export function toPartials(row: ShownRow): PartialLine[] {
  const user = toPartial("user", row.partialUserText, row.partialUserRank, row.userFinalAt);
  const assistant = toPartial(
    "assistant",
    row.partialAssistantText,
    row.partialAssistantRank,
    row.assistantFinalAt,
  );
  return [user, assistant].filter((partial) => partial !== null);
}

function toPartial(
  role: Speaker,
  text: string | null,
  atMs: number | null,
  finalAt: Date | null,
): PartialLine | null {
  if (!text || atMs === null || (finalAt && finalAt.getTime() >= atMs)) return null;
  return { role, text, at: new Date(atMs).toISOString() };
}

function findLastLine(row: ShownRow): LastLine | null {
  const final: LastLine[] =
    row.lastLineRole && row.lastLineText && row.lastLineRank
      ? [
          {
            role: row.lastLineRole,
            text: row.lastLineText,
            at: new Date(row.lastLineRank).toISOString(),
            final: true,
          },
        ]
      : [];
  const partials = toPartials(row).map((partial): LastLine => ({ ...partial, final: false }));
  return [...final, ...partials].sort((a, b) => a.at.localeCompare(b.at)).at(-1) ?? null;
}

/** If both have started and not stopped (a barge-in), returns the one who started later. */
function findSpeaking(row: ShownRow): Speaker | null {
  const user = isSpeaking(row.userStartedAt, row.userStoppedAt);
  const assistant = isSpeaking(row.assistantStartedAt, row.assistantStoppedAt);
  if (user && assistant)
    return (row.userStartedAt ?? 0) > (row.assistantStartedAt ?? 0) ? "user" : "assistant";
  if (user) return "user";
  return assistant ? "assistant" : null;
}

function isSpeaking(startedAt: Date | null, stoppedAt: Date | null): boolean {
  return startedAt !== null && (stoppedAt === null || startedAt > stoppedAt);
}

function findDuration({ startedAt, endedAt }: ShownRow): number | null {
  return startedAt && endedAt ? Math.max(0, endedAt.getTime() - startedAt.getTime()) / 1000 : null;
}

function latestOf(...moments: (Date | null)[]): Date | null {
  return moments.reduce((latest, at) => (at && (!latest || at > latest) ? at : latest), null);
}

function toIso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

/** @param startedAt when the call began: some messages only have an offset from it */
export function toSourceLine(row: LineFact, startedAt: Date | null): SourceLine {
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
