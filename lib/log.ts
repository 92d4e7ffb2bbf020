import "server-only";
import pino from "pino";
import { requestId } from "@/lib/request-id";

interface Fields extends Record<string, unknown> {
  /** What was thrown, whatever it is: only its name, code, frames and causes are logged. */
  error?: unknown;
}

/** Resolved for each line, so that whoever replaces `write` sees it. Errors go to stderr, as platforms expect. */
const streams = pino.multistream(
  [
    { level: "info", stream: { write: (line) => void process.stdout.write(line) } },
    { level: "error", stream: { write: (line) => void process.stderr.write(line) } },
  ],
  { dedupe: true },
);

/** No transports: their worker threads find no file in a bundle, and lose lines where a function is frozen. */
const logger = pino(
  {
    base: null,
    messageKey: "what",
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (level) => ({ level }) },
    serializers: { error: toLoggable },
    mixin: () => ({ requestId: requestId() }),
  },
  streams,
);

/**
 * One structured line, with the id of the request it belongs to. Say what happened, with event keys, call ids and counts:
 * never a body, a phone number, a name or a secret. What was thrown goes under `error`.
 */
export function log(level: "info" | "warn" | "error", what: string, fields: Fields = {}): void {
  logger[level](fields, what);
}

interface Loggable {
  name: string;
  code?: string;
  stack?: string[];
  cause?: Loggable;
}

/** An error may wrap another, and that one another. */
const mostCauses = 4;

/** What a log line may say of what was thrown. Messages may quote data (a constraint’s values, a URL with its token), so not those. */
function toLoggable(thrown: unknown, depth = 0): Loggable {
  if (!(thrown instanceof Error)) return { name: typeof thrown };
  const code = codeOf(thrown);
  const stack = framesOf(thrown);
  const hasCause = thrown.cause instanceof Error && depth < mostCauses;
  return {
    name: nameOf(thrown),
    ...(code !== undefined && { code }),
    ...(stack && { stack }),
    ...(hasCause && { cause: toLoggable(thrown.cause, depth + 1) }),
  };
}

/** A build shortens the names of classes; only the database's own errors have a severity beside their code. */
function nameOf(error: Error): string {
  const isOfDatabase = codeOf(error) !== undefined && "severity" in error;
  return isOfDatabase ? "PostgresError" : error.name;
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** A stack begins with the message, which may itself hold lines that look like frames: they are cut off by length. */
function framesOf({ stack = "", message }: Error): string[] | null {
  const start = stack.indexOf(message);
  if (start === -1) return null;
  const frames = stack.slice(start + message.length).match(/^ {4}at [^\n]{1,200}/gm);
  return frames?.slice(0, 10).map((frame) => frame.trim()) ?? null;
}

/** Name and code of what was thrown, or of what stands behind it: for a sentence that somebody reads. */
export function describeError(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  if (thrown.cause instanceof Error) return describeError(thrown.cause);
  return [nameOf(thrown), codeOf(thrown)].filter(Boolean).join(" ");
}

/** What was to be printed with `console.error`: one line with the first error among the values, if it is not logged yet. */
export function logUncaught(values: readonly unknown[]): void {
  const error = values.find((value) => value instanceof Error);
  if (error && logged.has(error)) return;
  log("error", "uncaught error", { error });
}

/** Next prints an error once more after it has reported it. */
const logged = new WeakSet<Error>();

/**
 * One line for an error that a route or a page has not caught. The pattern of its path is logged, not the path, which holds
 * ids and tokens.
 */
export function logRequestError(
  error: unknown,
  request: { method: string; pattern: string; kind: string; requestId?: string | undefined },
): void {
  if (error instanceof Error) logged.add(error);
  const { method, pattern, kind } = request;
  const id = request.requestId ?? requestId();
  log("error", "a request failed", { method, route: pattern, kind, error, requestId: id });
}
