import { maskAlert } from "@/lib/alerts/alert";
import type { Call } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import type { LineFilter } from "@/lib/calls/line";
import { hidden, maskCaller, maskNumber, maskText } from "@/lib/calls/mask-text";
import type { Mark, MarkKind, ToolCall } from "@/lib/calls/parts";
import type { Report } from "@/lib/calls/report";
import type { OperatorAction } from "@/lib/control/action";
import { BigInteger } from "@/lib/lossless-json";

type KnownNames = readonly (string | null)[];

/** Keys under which assistants and their tools store personal data; their values are hidden whole. */
const personal = /name|phone|mobile|e-?mail|address|street|birth|dob|ssn|passport|card|iban|account/i;

/**
 * Masks a JSON object for viewers: every text as in maskText, keys and long numbers too, and everything under a
 * personal key is hidden whole. The shape stays.
 */
export function maskRecord(record: object, names: KnownNames = []): Record<string, unknown> {
  const taken = new Set<string>();
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      toFreeKey(maskText(key, names), taken),
      personal.test(key) && value !== null ? hidden : maskJson(value, names),
    ]),
  );
}

/** Masks any JSON value, as maskRecord does. */
export function maskJson(value: unknown, names: KnownNames = []): unknown {
  if (typeof value === "string") return maskAnswer(value, names);
  if (typeof value === "number") return String(value).length > 5 ? maskText(String(value)) : value;
  if (value instanceof BigInteger) return maskText(String(value), names);
  if (Array.isArray(value)) return value.map((item) => maskJson(item, names));
  if (typeof value === "object" && value !== null) return maskRecord(value, names);
  return value;
}

/** Masks a text that may be JSON, as most tools answer: its keys then show what is personal. */
export function maskAnswer(text: string, names: KnownNames = []): string {
  const parsed = parseObject(text);
  return parsed ? JSON.stringify(maskJson(parsed, names)) : maskText(text, names);
}

/** Numbers keys that become equal once masked, so that both stay. */
function toFreeKey(key: string, taken: Set<string>): string {
  let free = key;
  for (let count = 2; taken.has(free); count += 1) free = `${key} (${count})`;
  taken.add(free);
  return free;
}

function parseObject(text: string): object | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" ? parsed : null;
  } catch {
    return null;
  }
}

type Names = readonly (string | null)[];

/** A line or partial as viewers see it. */
export function maskLine<T extends { text: string; filter?: LineFilter | null | undefined }>(
  line: T,
  names: Names,
): T {
  const { text, filter } = line;
  return {
    ...line,
    text: maskText(text, names),
    ...(filter && {
      filter: {
        threats: filter.threats.map((threat) => maskText(threat, names)),
        original: filter.original && maskText(filter.original, names),
      },
    }),
  };
}

/** Marks whose detail is a transfer's destination. */
const isOfTransfer: ReadonlySet<MarkKind> = new Set(["transfer", "transfer-answered", "forward-asked"]);

/** Masks a transfer's destination for viewers: a number of any length, or an address; a team's name stays. */
export function maskDestination(destination: string, names: Names): string {
  return /^[+＋\p{Nd}\s().,\p{Pd}\p{Cf}]+$|^sips?:|^tel:|@/iu.test(destination)
    ? maskNumber(destination)
    : maskText(destination, names);
}

/** A mark as viewers see it. */
export function maskMark(mark: Mark, names: Names): Mark {
  const { kind, detail } = mark;
  return { ...mark, detail: detail && (isOfTransfer.has(kind) ? maskDestination : maskText)(detail, names) };
}

/** A tool call as viewers see it. */
export function maskToolCall<T extends Omit<ToolCall, "toolCallId" | "askedAt" | "answeredAt">>(
  toolCall: T,
  names: Names,
): T {
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

/** An operator's action as viewers see it. Colleagues keep their names. */
export function maskAction(action: OperatorAction, names: Names): OperatorAction {
  const { text, target } = action;
  return {
    ...action,
    text: text && maskText(text, names),
    target: target && maskDestination(target, names),
  };
}

/** A call as viewers see it. */
export function maskCall(call: Call): Call {
  const { customerName, phoneNumber, lastLine, lastToolName } = call;
  return {
    ...maskCaller(call),
    phoneNumber: phoneNumber && maskNumber(phoneNumber),
    lastLine: lastLine && { ...lastLine, text: maskText(lastLine.text, [customerName]) },
    lastToolName: lastToolName && maskText(lastToolName, [customerName]),
  };
}

/** Recordings contain voices and every word said, so playing them takes a permission of its own. */
const hearing = "Only operators can play recordings.";

/**
 * A call's page as viewers see it.
 * @param callerNames of all callers of this conversation: its context may contain any of them
 */
export function maskDetail<T extends CallDetail>(detail: T, callerNames: readonly string[] = []): T {
  const names = [detail.call.customerName, ...callerNames];
  const { conversation, report } = detail;
  return {
    ...detail,
    call: maskCall(detail.call),
    conversation: {
      ...conversation,
      name: conversation.name && maskText(conversation.name, names),
      context: maskRecord(conversation.context, names),
    },
    lines: detail.lines.map((line) => maskLine(line, names)),
    heard: detail.heard.map((line) => maskLine(line, names)),
    partials: detail.partials.map((partial) => maskLine(partial, names)),
    marks: detail.marks.map((mark) => maskMark(mark, names)),
    toolCalls: detail.toolCalls.map((toolCall) => maskToolCall(toolCall, names)),
    operatorActions: detail.operatorActions.map((action) => maskAction(action, names)),
    alerts: detail.alerts.map(maskAlert),
    report: report && maskReport(report, names),
    contextAtEnd: detail.contextAtEnd && {
      ...detail.contextAtEnd,
      context: maskRecord(detail.contextAtEnd.context, names),
    },
    recording: { state: "not-allowed", why: hearing, copy: null, copyError: null },
  };
}

/** A report as viewers see it. */
export function maskReport<T extends Omit<Report, "at">>(report: T, names: Names): T {
  const mask = (text: string | null) => text && maskText(text, names);
  return {
    ...report,
    summary: mask(report.summary),
    successEvaluation: report.successEvaluation && maskAnswer(report.successEvaluation, names),
    structuredData: maskJson(report.structuredData, names),
    structuredOutputs: report.structuredOutputs.map((output) => ({
      ...output,
      name: mask(output.name),
      result: maskJson(output.result, names),
      skipped: mask(output.skipped),
    })),
    scorecards: report.scorecards.map((scorecard) => ({
      ...scorecard,
      name: mask(scorecard.name),
      points: scorecard.points.map((each) => ({ ...each, of: maskText(each.of, names) })),
    })),
    transfers: report.transfers.map((transfer) => ({
      ...transfer,
      destination: transfer.destination && maskDestination(transfer.destination, names),
      mode: mask(transfer.mode),
      status: mask(transfer.status),
      ...(transfer.name && { name: maskText(transfer.name, names) }),
      ...(transfer.transcript && { transcript: maskText(transfer.transcript, names) }),
    })),
  };
}
