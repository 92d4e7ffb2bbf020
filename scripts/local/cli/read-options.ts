import { type ParseArgsConfig, parseArgs } from "node:util";

/** Something a person can mend: scripts print it as a sentence, without a stack. */
export class UsageError extends Error {
  override name = "UsageError";
}

type Flags = NonNullable<ParseArgsConfig["options"]>;

/**
 * The command line's options. `--help` prints `usage` and ends the process.
 *
 * @throws a UsageError about an option that is not known or has no value
 */
export function readOptions<F extends Flags>(usage: string, options: F) {
  try {
    const { values } = parseArgs({
      options: { ...options, help: { type: "boolean", short: "h" } },
      strict: true,
    });
    if (!("help" in values) || !values.help) return values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${usage}`, { cause: error });
  }
  console.log(usage);
  process.exit(0);
}

/**
 * The port to listen on: the one given, else PORT (also of `.env`, once that was read), else 3000.
 *
 * @throws a UsageError when that is no port
 */
export function readPort(given: string | undefined): number {
  const text = given ?? (process.env.PORT || "3000");
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`"${text}" is no port: give a number from 1 to 65535.`);
}
