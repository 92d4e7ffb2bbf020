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

/** What a log line may say of an error: its name and code. Messages may quote data (a constraint’s values), so not those. */
export function describeError(cause: unknown): Fields {
  if (!(cause instanceof Error)) return { error: typeof cause };
  // Drizzle wraps what the driver threw, and its own message quotes the parameters.
  if (cause.cause instanceof Error) return describeError(cause.cause);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  return { error: cause.name, code };
}
