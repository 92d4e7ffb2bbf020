import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { signInAdmin } from "@/tests/support/e2e/sign-in-admin";
import { startReceiver } from "@/tests/support/servers/start-receiver";
import { templates } from "./bodies";
import { runLoad } from "./load/run-load";
import { benchSetupToken, startBenchStack } from "./start-bench-stack";

const calls = 1_000;
const connections = 32;
/** Slightly longer than it takes every process to notice a change of targets (lib/forwarding/server/forward.ts). */
const readAnewMs = 6_000;

/**
 * Measures the webhook's throughput with a forwarding target and without, in turns in one run. The metric is the ratio
 * within a round, its median and spread. Each round begins with the side that ended the one before, so that a machine
 * that slows down affects both.
 */
export async function benchForwarding(
  options: { rounds: number; seconds: number },
  parts: Parts,
): Promise<void> {
  const receiver = await startReceiver();
  parts.add(receiver.stop);
  const stack = await startBenchStack(parts, { OUTGOING_ALLOWED_HOSTS: new URL(receiver.url).host });
  const sql = postgres(stack.environment.DATABASE_URL, { max: 1 });
  const [, template] = templates[0] ?? [];
  if (!template) throw new Error("There is nothing to send.");
  const url = `${stack.localUrl}/api/webhook/${randomUUID()}`;
  const secret = stack.environment.VAPI_WEBHOOK_SECRET;
  const measure = (seconds: number) => {
    const stampMs = Date.now();
    const text = template.text.replace(String(template.stampMs), String(stampMs));
    return runLoad({ url, secret, template: { ...template, stampMs, text }, calls, connections, seconds });
  };
  let isTargetOn: boolean | null = null;
  const setTarget = async (isOn: boolean) => {
    const [set] = await sql`update forwarding_targets set is_enabled = ${isOn},
      cursor_recorded_in = pg_snapshot_xmin(pg_current_snapshot()) returning cursor_recorded_in::text as "from"`;
    if (isOn !== isTargetOn) await wait(readAnewMs);
    isTargetOn = isOn;
    return String(set?.from);
  };
  /** Waits up to two minutes until everything recorded since has arrived, and returns how much has not. */
  const countLost = async (from: string) => {
    const keys = await sql<{ key: string }[]>`select key from events where recorded_in >= ${from}::xid8`;
    const until = Date.now() + 120_000;
    for (;;) {
      const arrived = new Set(receiver.received.map(({ headers }) => headers["webhook-id"]));
      const lost = keys.filter(({ key }) => !arrived.has(key)).length;
      if (lost === 0 || Date.now() > until) return { events: keys.length, lost };
      await wait(500);
    }
  };
  await addTarget(stack, receiver.url);
  await measure(options.seconds);
  const measureWithout = async () => {
    await setTarget(false);
    return measure(options.seconds);
  };
  const measureWith = async () => {
    const from = await setTarget(true);
    const before = receiver.received.length;
    const load = await measure(options.seconds);
    const passedOn = receiver.received.length - before;
    return { load, passedOn, ...(await countLost(from)) };
  };
  const rounds: Record<string, number>[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const first = round % 2 === 0 ? await measureWithout() : null;
    const { load: withTarget, passedOn, events, lost } = await measureWith();
    const without = first ?? (await measureWithout());
    rounds.push({
      "no target /s": Math.round(without.perSecond),
      "target /s": Math.round(withTarget.perSecond),
      ratio: Math.round((withTarget.perSecond / without.perSecond) * 1_000) / 1_000,
      "no target p99 ms": Math.round(without.p99Ms),
      "target p99 ms": Math.round(withTarget.p99Ms),
      "passed on meanwhile": passedOn,
      events,
      lost,
      failures: without.failures + withTarget.failures,
    });
  }
  await sql.end();
  console.table(rounds);
  const of = (name: string) => describeSpread(rounds.map((round) => round[name] ?? 0));
  console.log(`no target ${of("no target /s")} /s, target ${of("target /s")} /s, ratio ${of("ratio")}`);
}

/** "0.98 (0.95 to 1.01)": the median, the lowest and the highest. */
function describeSpread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? 0;
  const median = (at(Math.floor((sorted.length - 1) / 2)) + at(Math.ceil((sorted.length - 1) / 2))) / 2;
  return `${Math.round(median * 1_000) / 1_000} (${at(0)} to ${at(sorted.length - 1)})`;
}

/** Creates a target for everything, as an admin does. */
async function addTarget(
  { localUrl, environment }: Awaited<ReturnType<typeof startBenchStack>>,
  url: string,
): Promise<void> {
  const state = ".local/bench/admin.json";
  await signInAdmin(localUrl, benchSetupToken, state);
  const { cookies }: { cookies: { name: string; value: string }[] } = JSON.parse(
    await readFile(state, "utf8"),
  );
  const made = await fetch(`${localUrl}/api/forwarding-targets`, {
    method: "POST",
    body: JSON.stringify({ name: "Bench", url }),
    headers: {
      "content-type": "application/json",
      origin: new URL(environment.APP_URL).origin,
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
    },
  });
  if (!made.ok) throw new Error(`The target was answered ${made.status}.`);
}
