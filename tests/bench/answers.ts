import { randomUUID } from "node:crypto";
import postgres from "postgres";
import type { Rule } from "@/lib/routing/routing";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { assistantRequest } from "@/tests/fixtures/assistant-request";
import { fixtureCallId } from "@/tests/fixtures/fixture-call";
import { makeRule } from "@/tests/support/makers/make-rule";
import type { LoadResult } from "./load/post-for";
import { runLoad } from "./load/run-load";
import { startBareApp } from "./start-bare-app";
import { startBenchStack } from "./start-bench-stack";
import type { WebhookOptions } from "./webhook";

const connections = 16;
const calls = 100;
const ruleCount = 50;
const warmUpSeconds = 5;

/**
 * Measures assistant-requests answered by the last of fifty rules, including a read of the conversation's context,
 * against the bare route that only parses and answers, in turns in one run. The metric is the ratio of their p99 per
 * round, because that is how long a caller hears ringing.
 */
export async function benchAnswers({ rounds, seconds }: WebhookOptions, parts: Parts): Promise<void> {
  const bareUrl = `${(await startBareApp(parts)).url}/api/bare/${randomUUID()}`;
  const stack = await startBenchStack(parts);
  const secret = stack.environment.VAPI_WEBHOOK_SECRET;
  await setRules(stack.environment.DATABASE_URL);
  const url = `${stack.localUrl}/api/webhook/${randomUUID()}`;
  const post = (to: string, forSeconds = seconds) => {
    const { message } = assistantRequest({ atMs: Date.now() });
    const template = {
      text: JSON.stringify({ message }),
      stampMs: message.timestamp,
      callDigits: fixtureCallId.slice(-12),
    };
    return runLoad({ url: to, secret, template, calls, connections, seconds: forSeconds });
  };
  for (const to of [bareUrl, url]) await post(to, warmUpSeconds);
  const results: { bare: LoadResult; answer: LoadResult }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    results.push({ bare: await post(bareUrl), answer: await post(url) });
  }
  console.table([summarize(results)]);
}

/** Creates rules that each check every kind of condition, of which only the last rule matches. */
async function setRules(databaseUrl: string): Promise<void> {
  const when = {
    callers: { prefixes: ["+1"] },
    countries: ["US", "CA"],
    time: { zone: "Europe/Berlin", weekdays: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "00:00" },
    fields: [{ path: "customer.tier", test: "is", value: "gold" }],
  };
  const rules: Rule[] = Array.from({ length: ruleCount - 1 }, () => makeRule({ when }));
  const sql = postgres(databaseUrl, { max: 1 });
  const all = [...rules, makeRule()];
  await sql`insert into routing (version, rules, changed_by) values (1, ${JSON.stringify(all)}::text::jsonb, 'bench')`;
  await sql.end();
}

function summarize(results: { bare: LoadResult; answer: LoadResult }[]) {
  const of = (pick: (result: (typeof results)[number]) => number) => {
    const sorted = results.map(pick).toSorted((a, b) => a - b);
    return Math.round((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) * 100) / 100;
  };
  return {
    "bare p99 ms": of(({ bare }) => bare.p99Ms),
    "answer p50 ms": of(({ answer }) => answer.p50Ms),
    "answer p99 ms": of(({ answer }) => answer.p99Ms),
    "p99 ratio": of(({ bare, answer }) => answer.p99Ms / bare.p99Ms),
    "answers /s": Math.round(of(({ answer }) => answer.perSecond)),
    failures: results.reduce((sum, { bare, answer }) => sum + bare.failures + answer.failures, 0),
  };
}
