import { randomBytes } from "node:crypto";
import { z } from "zod";
import { chooseSecret } from "@/scripts/delivery/choose-secret";
import { webhookUrl } from "@/scripts/delivery/webhook-url";
import { Complaint } from "@/scripts/local/cli/complaint";
import { readOptions } from "@/scripts/local/cli/read-options";
import { usage } from "@/scripts/simulator/cli/usage";
import { defaultCallOptions as usual } from "@/scripts/simulator/default-call-options";
import type { SimulationOptions } from "@/scripts/simulator/simulate";

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
});

const flags = {
  ...Object.fromEntries(Object.keys(schema.shape).map((name) => [name, text])),
  url: text,
  secret: text,
  seed: text,
  forever: flag,
  "tool-server": flag,
  "assistant-request": flag,
} as const;

/**
 * What the command line and the environment ask for.
 *
 * @throws a Complaint that names the option that is wrong
 */
export function readSimulationOptions(): SimulationOptions {
  const given = readOptions(usage, flags);
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new Complaint(parsed.error.issues.map(toSentence).join("\n"));
  const { calls, concurrency = calls, speed, conversation = null, ...chances } = parsed.data;
  const url = given.url ?? "http://localhost:3000";
  return {
    url,
    secret: chooseSecret(given.secret, webhookUrl(url, null)),
    seed: given.seed ?? randomBytes(4).toString("hex"),
    calls,
    concurrency,
    isForever: given.forever,
    call: {
      ...chances,
      speed,
      conversationUuid: conversation,
      assistantRequest: given["assistant-request"],
      toolServer: given["tool-server"],
      functionCalls: chances["function-calls"],
      noReport: chances["no-report"],
      noEnded: chances["no-ended"],
    },
  };
}

function toSentence({ path, message }: z.core.$ZodIssue): string {
  return `--${path.join(".")} ${message}. See npm run simulate -- --help.`;
}
