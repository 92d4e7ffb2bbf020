import { type ParseArgsConfig, parseArgs } from "node:util";

/** An error the user can fix: scripts print its message without a stack. */
export class UsageError extends Error {
  override name = "UsageError";
}

type Flags = NonNullable<ParseArgsConfig["options"]>;

/**
 * Reads the command line's options. `--help` prints `usage` and ends the process.
 *
 * @throws a UsageError about an unknown option or one without its value
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
 * Returns the port to listen on: the given one, else PORT (from `.env` too, once loaded), else 3000.
 *
 * @throws a UsageError when it is not a valid port
 */
export function readPort(given: string | undefined): number {
  const text = given ?? (process.env.PORT || "3000");
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`"${text}" is not a port: use a number from 1 to 65535.`);
}
