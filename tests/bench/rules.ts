import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { templates } from "./bodies";
import type { LoadResult } from "./load/post-for";
import { runLoad } from "./load/run-load";
import { readCpuMs } from "./read-cpu-ms";
import { startBenchStack } from "./start-bench-stack";

const ruleCount = 200;
const calls = 100;
const connections = 64;
/** Slightly longer than it takes every process to reload the rules (lib/rules/server/in-force.ts). */
const readAnewMs = 6_000;

const orders = [
  "refund",
  "lawyer",
  "complaint",
  "supervisor",
  "cancellation",
  "invoice",
  "chargeback",
  "regulator",
];

/** Rules like a team's: most are phrases, a tenth of which share a word with the callers' text in the load. */
const rules = Array.from({ length: ruleCount }, (_, index): object => {
  const subject = orders[index % orders.length];
  switch (index % 20) {
    case 0:
      return { kind: "sensitive-data", speaker: "any", data: ["card", "iban", "email", "ssn"] };
    case 1:
      return { kind: "tool-failing", tool: null, failures: 3, of: 5 };
    case 2:
      return {
        kind: "and",
        of: [
          { kind: "length", seconds: 3_600 },
          { kind: "silence", seconds: 300 },
        ],
      };
    case 3:
    case 4:
      return { kind: "phrase", speaker: "user", phrase: `thursday ${subject} ${index}`, match: "words" };
    default:
      return { kind: "phrase", speaker: "user", phrase: `${subject} number ${index}`, match: "exact" };
  }
});

/** `cpuMs`: CPU time of the server's process per event. */
type Measured = LoadResult & { cpuMs: number };

interface Round {
  without: Measured;
  withRules: Measured;
}

/**
 * Measures the webhook's throughput with 200 rules and with none, in one run. Every other round swaps the order, so
 * that a machine that slows down favours neither; the metric is the median of the rounds' ratios. Where other processes
 * share the machine, the ratio of the server's own CPU time is more reliable.
 */
export async function benchRules(options: { rounds: number; seconds: number }, parts: Parts): Promise<void> {
  const stack = await startBenchStack(parts);
  const sql = postgres(stack.environment.DATABASE_URL, { max: 1 });
  parts.add(() => sql.end());
  const [, template] = templates[0] ?? [];
  if (!template) throw new Error("There is nothing to send.");
  const url = `${stack.localUrl}/api/webhook/${randomUUID()}`;
  const secret = stack.environment.VAPI_WEBHOOK_SECRET;
  await addRules(sql);
  const measure = async (hasRules: boolean): Promise<Measured> => {
    await sql`update alert_rules set enabled = ${hasRules}, active_since = now()`;
    await wait(readAnewMs);
    const stampMs = Date.now();
    const text = template.text.replace(String(template.stampMs), String(stampMs));
    const load = { url, secret, template: { ...template, stampMs, text }, calls, connections };
    const cpuMsBefore = readCpuMs(stack.pid);
    const result = await runLoad({ ...load, seconds: options.seconds });
    return { ...result, cpuMs: (readCpuMs(stack.pid) - cpuMsBefore) / (result.perSecond * options.seconds) };
  };
  // Both sides warm up until V8 has compiled the hot code.
  await measure(true);
  await measure(false);
  const rounds: Round[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    if (round % 2 === 0) {
      const without = await measure(false);
      rounds.push({ without, withRules: await measure(true) });
    } else {
      const withRules = await measure(true);
      rounds.push({ withRules, without: await measure(false) });
    }
  }
  console.table(rounds.map(describe));
  const [{ fired } = { fired: Number.NaN }] = await sql<{ fired: number }[]>`
    select count(*)::int as fired from alert_rule_firings`;
  console.log(`${ruleCount} rules cost, by the median of ${rounds.length} rounds; ${fired} firings:`);
  console.log(`  of the throughput      ${describeCosts(rounds.map(throughputRatio))}`);
  console.log(`  of the processor's time ${describeCosts(rounds.map(cpuRatio))}`);
}

async function addRules(sql: postgres.Sql): Promise<void> {
  const scope = JSON.stringify({ assistants: [], numbers: [], directions: [] });
  const actions = JSON.stringify([{ kind: "alert" }]);
  for (const [index, when] of rules.entries()) {
    await sql`insert into alert_rules (name, enabled, severity, scope, "when", "do")
      values (${`Rule ${index}`}, false, 'warning', ${scope}::text::jsonb, ${JSON.stringify(when)}::text::jsonb, ${actions}::text::jsonb)`;
  }
}

const throughputRatio = ({ without, withRules }: Round) => withRules.perSecond / without.perSecond;
const cpuRatio = ({ without, withRules }: Round) => without.cpuMs / withRules.cpuMs;

function describe(round: Round) {
  const { without, withRules } = round;
  return {
    "0 rules /s": Math.round(without.perSecond),
    [`${ruleCount} rules /s`]: Math.round(withRules.perSecond),
    ratio: round3(throughputRatio(round)),
    "0 rules cpu ms": round3(without.cpuMs),
    [`${ruleCount} rules cpu ms`]: round3(withRules.cpuMs),
    "cpu ratio": round3(cpuRatio(round)),
    "0 rules p99 ms": Math.round(without.p99Ms),
    [`${ruleCount} rules p99 ms`]: Math.round(withRules.p99Ms),
    failures: without.failures + withRules.failures,
  };
}

function describeCosts(ratios: readonly number[]): string {
  const costs = ratios.map((ratio) => 1 - ratio).sort((a, b) => a - b);
  const [lowest = Number.NaN, highest = Number.NaN] = [costs[0], costs.at(-1)];
  return `${percent(median(costs))} (${percent(lowest)} to ${percent(highest)})`;
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

const round3 = (value: number) => Math.round(value * 1_000) / 1_000;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
