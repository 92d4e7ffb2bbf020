import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { templates } from "./bodies";
import { runLoad } from "./load/run-load";
import { startBenchStack } from "./start-bench-stack";

const ruleCount = 200;
const calls = 1_000;
const connections = 32;
/** Until every process has read the rules anew (lib/rules/server/notice.ts), and a little more. */
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

/** Rules as a team has them: most are phrases, a tenth of which share a word with what callers of the load say. */
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

/** The webhook's throughput with 200 rules and with none, by turns in one run: what counts is the ratio, round by round. */
export async function benchRules(options: { rounds: number; seconds: number }, parts: Parts): Promise<void> {
  const stack = await startBenchStack(parts);
  const sql = postgres(stack.environment.DATABASE_URL, { max: 1 });
  const [, template] = templates[0] ?? [];
  if (!template) throw new Error("There is nothing to send.");
  const url = `${stack.localUrl}/api/webhook/${randomUUID()}`;
  const secret = stack.environment.VAPI_WEBHOOK_SECRET;
  const measure = async (seconds: number) => {
    const stampMs = Date.now();
    const fresh = {
      ...template,
      stampMs,
      text: template.text.replace(String(template.stampMs), String(stampMs)),
    };
    return runLoad({ url, secret, template: fresh, calls, connections, seconds });
  };
  const setRules = async (wanted: readonly object[]) => {
    await sql`delete from alert_rules`;
    for (const when of wanted) {
      const scope = { assistants: [], numbers: [], directions: [] };
      await sql`insert into alert_rules (name, enabled, severity, scope, "when", "do")
        values ('Rule', true, 'warning', ${JSON.stringify(scope)}::text::jsonb, ${JSON.stringify(when)}::text::jsonb, ${'[{"kind":"alert"}]'}::text::jsonb)`;
    }
    await wait(readAnewMs);
  };
  await measure(options.seconds);
  const rounds = [];
  for (let round = 0; round < options.rounds; round += 1) {
    await setRules([]);
    const without = await measure(options.seconds);
    await setRules(rules);
    const withRules = await measure(options.seconds);
    rounds.push({
      "0 rules /s": Math.round(without.perSecond),
      [`${ruleCount} rules /s`]: Math.round(withRules.perSecond),
      ratio: Math.round((withRules.perSecond / without.perSecond) * 1_000) / 1_000,
      "0 rules p99 ms": Math.round(without.p99Ms),
      [`${ruleCount} rules p99 ms`]: Math.round(withRules.p99Ms),
      failures: without.failures + withRules.failures,
    });
  }
  await sql.end();
  console.table(rounds);
}
