import "server-only";

type Fields = Record<string, string | number | boolean | null | undefined>;

/**
 * One structured line. Say what happened, with event keys, call ids and counts: never a body, a phone number,
 * a name or a secret.
 */
export function log(level: "info" | "warn" | "error", what: string, fields: Fields = {}): void {
  const line = JSON.stringify({ level, what, at: new Date().toISOString(), ...fields });
  process[level === "error" ? "stderr" : "stdout"].write(`${line}\n`);
}

/**
 * Replaces `console.error`, with which Next prints what no route has caught: message, query and parameters of a database
 * error among it. Of errors only name, code and stack frames are logged; texts may quote a URL with its token.
 */
export function keepForeignTextOutOfConsole(target: Pick<Console, "error"> = console): void {
  target.error = (...values: unknown[]) => {
    const cause = values.find((value) => value instanceof Error);
    if (cause && logged.has(cause)) return;
    log("error", "an error was not caught", cause ? { ...describeError(cause), stack: framesOf(cause) } : {});
  };
}

/** Next prints an error once more after it has reported it. */
const logged = new WeakSet<Error>();

/**
 * One line for an error that a route or a page has not caught. The pattern of its path is logged, not the path, which holds
 * ids and tokens.
 */
export function logRequestError(
  cause: unknown,
  { method, pattern, kind }: { method: string; pattern: string; kind: string },
): void {
  const isError = cause instanceof Error;
  if (isError) logged.add(cause);
  const stack = isError ? framesOf(cause) : undefined;
  log("error", "a request failed", { method, route: pattern, kind, ...describeError(cause), stack });
}

/** A stack begins with the message, which may itself hold lines that look like frames: they are cut off by length. */
function framesOf({ stack = "", message }: Error): string | undefined {
  const start = stack.indexOf(message);
  if (start === -1) return undefined;
  const frames = stack.slice(start + message.length).match(/^ {4}at [^\n]{1,200}/gm);
  return frames
    ?.slice(0, 10)
    .map((frame) => frame.trim())
    .join("\n");
}

/** What a log line may say of an error: its name and code. Messages may quote data (a constraint’s values), so not those. */
export function describeError(cause: unknown): Fields {
  if (!(cause instanceof Error)) return { error: typeof cause };
  // Drizzle wraps what the driver threw, and its own message quotes the parameters.
  if (cause.cause instanceof Error) return describeError(cause.cause);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  // A build shortens the names of classes; only the server's own errors have a severity beside their code.
  const name = code && "severity" in cause ? "PostgresError" : cause.name;
  return { error: name, code };
}
