import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { z } from "zod";
import { chooseSecret, webhookUrl } from "@/scripts/delivery/post-body";
import { UsageError } from "@/scripts/local/cli/read-options";
import type { ReplayOptions } from "@/scripts/replayer/replay";

export const usage = `npm run replay -- DIR [options]

Posts recorded bodies to a running Earshot, in the order of their numbers or of index.json. DIR can be a file, a folder
or a tree of folders. Each folder of numbered files, and each JSON Lines file (*.jsonl, as downloaded from the event
log), is one conversation; all other bodies are independent.

  --url URL             Earshot's address (default http://localhost:3000)
  --secret TEXT         the webhook secret (default VAPI_WEBHOOK_SECRET, else the one generated on this machine)
  --speed N             keep the recorded intervals, N times as fast; 0 only waits for responses (default 0)
  --shuffle             post in random order
  --twice               post every body twice
  --seed TEXT           makes the order repeatable (default random, printed)
  --conversation UUID   post everything to this conversation

Prints a line for each body that was not accepted. Exits with 1 if one of them was well-formed.`;

const schema = z.object({
  speed: z.coerce.number("must be a number").min(0, "must be 0 or more").default(0),
  conversation: z.guid("must be a UUID").optional(),
});

/**
 * Reads the command line and the environment. `--help` prints the usage and ends the process.
 *
 * @throws a UsageError that names the invalid option
 */
export function readReplayOptions(): ReplayOptions & { path: string } {
  const { values, positionals } = parse();
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const [path, ...more] = positionals;
  if (!path || more.length) throw new UsageError(`Specify one folder or file to replay.\n\n${usage}`);
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    throw new UsageError(
      parsed.error.issues.map((issue) => `--${issue.path.join(".")} ${issue.message}.`).join("\n"),
    );
  }
  const url = values.url ?? "http://localhost:3000";
  return {
    path,
    url,
    secret: chooseSecret(values.secret, webhookUrl(url, null)),
    speed: parsed.data.speed,
    isShuffled: values.shuffle,
    isTwice: values.twice,
    seed: values.seed ?? randomBytes(4).toString("hex"),
    conversationUuid: parsed.data.conversation ?? null,
  };
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        url: { type: "string" },
        secret: { type: "string" },
        speed: { type: "string" },
        seed: { type: "string" },
        conversation: { type: "string" },
        shuffle: { type: "boolean", default: false },
        twice: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${usage}`, { cause: error });
  }
}
