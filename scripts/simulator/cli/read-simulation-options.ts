import { randomBytes } from "node:crypto";
import { z } from "zod";
import { chooseSecret, webhookUrl } from "@/scripts/delivery/post-body";
import { readOptions, UsageError } from "@/scripts/local/cli/read-options";
import { defaultCallOptions as usual } from "@/scripts/simulator/call-options";
import { usualControlPort } from "@/scripts/simulator/live/control-server";
import { outages } from "@/scripts/simulator/outage";
import type { SimulationOptions } from "@/scripts/simulator/simulate";

export const usage = `npm run simulate -- [options]

Posts whole calls of Vapi's shape, size and cadence to a running Earshot: partials twice a second, finals in pieces,
speech marks, tools, a report at the end. Their conversations are those of a clinic, a hotel, a garage, a bank …

  --url URL             Earshot's address (default http://localhost:3000)
  --secret TEXT         the webhook's secret (VAPI_WEBHOOK_SECRET, else the one made for this machine)
  --calls N             how many calls (10)
  --concurrency N       at most so many at a time (as many as --calls)
  --forever             keep --calls calls live until stopped
  --speed N             everything, stamps included, N times as fast (1)
  --seed TEXT           the same seed gives the same calls: ids, texts, timings (a new one each time, printed)
  --conversation UUID   all calls belong to this conversation (each has its own)
  --ask-tools           Earshot is asked for the assistants' tools, and answers those it does not have with an error: of five
                        such calls within a minute it makes an incident. Else another server has the tools, and Earshot
                        hears of them
  --control-port N      where its calls are listened to and steered: a port of 127.0.0.1 (${usualControlPort}, else any free one).
                        Earshot goes there when OUTGOING_ALLOWED_HOSTS names it, as it does for that port with npm run dev
  --outage CAUSE        every call fails for one cause: ${outages.join(", ")};
                        of version those of one assistant, about half of all; of tool they ask Earshot for one it does not
                        have
  --assistant-request   inbound calls begin by asking which assistant answers

Probabilities from 0 to 1. For a call:
  --hangs P             the assistant falls silent once, for 7 to 15 s (${usual.hangs})
  --tools P             the assistant uses its tools (${usual.tools})
  --function-calls P    … with --ask-tools, in the way of 2024 (${usual.functionCalls})
  --transfers P         the call is handed to a person (${usual.transfers})
  --interruptions P     the caller cuts the assistant short (${usual.interruptions})
  --no-report P         the report never comes (${usual.noReport})
  --no-ended P          the status "ended" never comes (${usual.noEnded})
For each event:
  --duplicates P        it comes twice (${usual.duplicates})
  --disorder P          it comes up to half a second late (${usual.disorder})
  --loss P              it never comes (${usual.loss})

Ctrl-C stops it. It exits with 1 when Earshot cannot be reached, refuses the secret, or fails to take an event (5xx).`;

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
