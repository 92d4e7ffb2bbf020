import { randomBytes } from "node:crypto";
import { z } from "zod";
import { chooseSecret, webhookUrl } from "@/scripts/delivery/post-body";
import { readOptions, UsageError } from "@/scripts/local/cli/read-options";
import { defaultCallOptions as usual } from "@/scripts/simulator/call-options";
import { usualControlPort } from "@/scripts/simulator/live/control-server";
import { outages } from "@/scripts/simulator/outage";
import type { SimulationOptions } from "@/scripts/simulator/simulate";

export const usage = `npm run simulate -- [options]

Posts complete calls to a running Earshot, with the shape, size and pace of Vapi's: partials twice a second, finals in
pieces, speech updates, tool calls and a final report. The conversations are those of a clinic, a hotel, a garage, a bank …

  --url URL             Earshot's address (default http://localhost:3000)
  --secret TEXT         the webhook secret (default VAPI_WEBHOOK_SECRET, else the one generated on this machine)
  --calls N             number of calls (default 10)
  --concurrency N       at most N calls at a time (default: --calls)
  --forever             keep --calls calls live until stopped
  --speed N             run everything, including timestamps, N times as fast (default 1)
  --seed TEXT           makes the calls repeatable: IDs, texts, timings (default random, printed)
  --conversation UUID   put all calls in this conversation (default: one each)
  --ask-tools           send the assistants' tool calls to Earshot, which answers unknown tools with an error and opens an
                        incident after five such calls within a minute. By default another server answers them and Earshot
                        only sees the results
  --control-port N      port on 127.0.0.1 for listening to and controlling the calls (default ${usualControlPort}, else any free
                        port). Earshot only connects to it if OUTGOING_ALLOWED_HOSTS includes it; npm run dev includes the
                        default port
  --outage CAUSE        make calls fail for one cause: ${outages.join(", ")}.
                        "version" fails the calls of one assistant, about half of all; "tool" calls a tool that Earshot does
                        not have
  --assistant-request   inbound calls start by asking which assistant should answer

Probabilities from 0 to 1, per call:
  --hangs P             the assistant falls silent once, for 7 to 15 s (${usual.hangs})
  --tools P             the assistant uses its tools (${usual.tools})
  --function-calls P    with --ask-tools, use the deprecated function-call message (${usual.functionCalls})
  --transfers P         the call is transferred to a person (${usual.transfers})
  --interruptions P     the caller interrupts the assistant (${usual.interruptions})
  --no-report P         the report never arrives (${usual.noReport})
  --no-ended P          the status "ended" never arrives (${usual.noEnded})
Per event:
  --duplicates P        it arrives twice (${usual.duplicates})
  --disorder P          it arrives up to half a second late (${usual.disorder})
  --loss P              it never arrives (${usual.loss})

Ctrl-C stops it. Exits with 1 if Earshot cannot be reached, rejects the secret or fails to accept an event (5xx).`;

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;
const count = z.coerce.number("must be a number").int("must be whole").min(1, "must be 1 or more");
const probability = z.coerce
  .number("must be a number")
  .min(0, "must be 0 or more")
  .max(1, "must be 1 or less");

const schema = z.object({
  calls: count.max(10_000, "must be 10,000 or less").default(10),
  concurrency: count.optional(),
  speed: z.coerce
    .number("must be a number")
    .gt(0, "must be more than 0")
    .max(1_000, "must be 1,000 or less")
    .default(1),
  conversation: z.guid("must be a UUID").optional(),
  hangs: probability.default(usual.hangs),
  tools: probability.default(usual.tools),
  "function-calls": probability.default(usual.functionCalls),
  transfers: probability.default(usual.transfers),
  interruptions: probability.default(usual.interruptions),
  duplicates: probability.default(usual.duplicates),
  disorder: probability.default(usual.disorder),
  loss: probability.default(usual.loss),
  "no-report": probability.default(usual.noReport),
  "no-ended": probability.default(usual.noEnded),
  outage: z.enum(outages, `must be one of ${outages.join(", ")}`).optional(),
  "control-port": count.max(65_535, "must be 65,535 or less").optional(),
});

const flags = {
  ...Object.fromEntries(Object.keys(schema.shape).map((name) => [name, text])),
  url: text,
  secret: text,
  seed: text,
  forever: flag,
  "ask-tools": flag,
  "assistant-request": flag,
} as const;

/**
 * Reads the command line and the environment.
 *
 * @throws a UsageError that names the invalid option
 */
export function readSimulationOptions(): SimulationOptions & { controlPort: number | null } {
  const given = readOptions(usage, flags);
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map(toSentence).join("\n"));
  const { calls, concurrency = calls, speed, conversation = null, ...chances } = parsed.data;
  const url = given.url ?? "http://localhost:3000";
  return {
    url,
    secret: chooseSecret(given.secret, webhookUrl(url, null)),
    seed: given.seed ?? randomBytes(4).toString("hex"),
    calls,
    concurrency,
    isForever: given.forever,
    controlPort: chances["control-port"] ?? null,
    call: {
      ...chances,
      outage: chances.outage ?? null,
      speed,
      conversationUuid: conversation,
      assistantRequest: given["assistant-request"],
      toolServer: !given["ask-tools"],
      functionCalls: chances["function-calls"],
      noReport: chances["no-report"],
      noEnded: chances["no-ended"],
    },
  };
}

function toSentence({ path, message }: z.core.$ZodIssue): string {
  return `--${path.join(".")} ${message}. See npm run simulate -- --help.`;
}
