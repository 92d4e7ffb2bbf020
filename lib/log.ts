import "server-only";
import pino from "pino";
import { requestId } from "@/lib/request-id";

interface Fields extends Record<string, unknown> {
  /** The thrown value, of any type. Only its name, code, stack frames and causes are logged. */
  error?: unknown;
}

/** Looks up `write` for each line, so that a replacement takes effect. Errors go to stderr, as platforms expect. */
const streams = pino.multistream(
  [
    { level: "info", stream: { write: (line) => void process.stdout.write(line) } },
    { level: "error", stream: { write: (line) => void process.stderr.write(line) } },
  ],
  { dedupe: true },
);

/** No transports: their worker threads find no file in a bundle, and lose lines when a function is frozen. */
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
 * Writes one structured line with the id of its request. `what` says what happened; fields hold event keys, call ids
 * and counts, never a body, phone number, name or secret. A thrown value goes under `error`.
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

/** Limit for chains of errors that wrap each other. */
const mostCauses = 4;

/**
 * Reduces a thrown value to what may be logged. Messages are left out: they may quote data (a constraint’s values, a
 * URL with its token).
 */
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

/** Minification shortens class names; only the database's own errors have both a severity and a code. */
function nameOf(error: Error): string {
  const isOfDatabase = codeOf(error) !== undefined && "severity" in error;
  return isOfDatabase ? "PostgresError" : error.name;
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** A stack begins with the message, which may contain lines that look like frames, so it is cut off by length. */
function framesOf({ stack = "", message }: Error): string[] | null {
  const start = stack.indexOf(message);
  if (start === -1) return null;
  const frames = stack.slice(start + message.length).match(/^ {4}at [^\n]{1,200}/gm);
  return frames?.slice(0, 10).map((frame) => frame.trim()) ?? null;
}

/** Returns the name and code of a thrown value, or of its innermost cause, for a sentence that people read. */
export function describeError(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  if (thrown.cause instanceof Error) return describeError(thrown.cause);
  return [nameOf(thrown), codeOf(thrown)].filter(Boolean).join(" ");
}

/** Replaces the output of `console.error` with one line about the first error among the values, unless it is logged already. */
export function logUncaught(values: readonly unknown[]): void {
  const error = values.find((value) => value instanceof Error);
  if (error && logged.has(error)) return;
  log("error", "uncaught error", { error });
}

/** Next prints an error again after reporting it. */
const logged = new WeakSet<Error>();

/**
 * Logs one line for an error that a route or page did not catch. Logs the pattern of the path, not the path itself,
 * which holds ids and tokens.
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
