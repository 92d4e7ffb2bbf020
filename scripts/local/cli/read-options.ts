import { type ParseArgsConfig, parseArgs } from "node:util";
import { Complaint } from "./complaint";

type Flags = NonNullable<ParseArgsConfig["options"]>;

/**
 * The command line's options. `--help` prints `usage` and ends the process.
 *
 * @throws a Complaint about an option that is not known or has no value
 */
export function readOptions<F extends Flags>(usage: string, options: F) {
  try {
    const { values } = parseArgs({
      options: { ...options, help: { type: "boolean", short: "h" } },
      strict: true,
    });
    if (!("help" in values) || !values.help) return values;
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : error}\n\n${usage}`, { cause: error });
  }
  console.log(usage);
  process.exit(0);
}
