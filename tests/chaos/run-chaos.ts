import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { callChannel } from "@/lib/realtime/push";
import { applyMigrations } from "@/scripts/local/apply-migrations";
import { createParts, type Parts } from "@/scripts/local/stack/create-parts";
import type { Environment } from "@/scripts/local/stack/environment";
import { ensureDatabase } from "@/scripts/local/throwaway-postgres";
import { waitUntil } from "@/scripts/local/wait-until";
import { createRandom, type Random } from "@/scripts/simulator/random";
import { keepCalling, type Ledger, post, type Target } from "@/tests/chaos/callers";
import { type Killable, startKillableStack } from "@/tests/chaos/killable-stack";
import { compareDatabases, replayUndisturbed } from "@/tests/chaos/oracle";
import { checkOutside, sendOutside } from "@/tests/chaos/outside";
import { createCaller } from "@/tests/support/e2e/caller";
import { startReceiver } from "@/tests/support/servers/start-receiver";
import { watchPushes } from "@/tests/support/servers/watch-pushes";

export type ChaosOptions = {
  seed: string;
  /** Number of kills; the run ends at this or at `minutes`, whichever comes first. */
  kills: number;
  minutes: number;
  concurrency: number;
  speed: number;
  /** Longest pause between a recovery and the next kill. */
  pauseMs: number;
};

/**
 * Kills the app, Postgres and the realtime server in random order while calls are live, then compares the stored data
 * with what the same events leave in an undisturbed database.
 *
 * @returns the problems found, one sentence each
 */
export async function runChaos(options: ChaosOptions, parts: Parts): Promise<string[]> {
  const outside = await startReceiver();
  parts.add(outside.stop);
  const {
    stack,
    postgres: server,
    settings,
    killables,
  } = await startKillableStack(new URL(outside.url).host, parts);
  const undisturbedUrl = await ensureDatabase(server, "undisturbed");
  await applyMigrations(undisturbedUrl);
  Object.assign(process.env, settings, { DATABASE_URL: undisturbedUrl });
  const sql = postgres(stack.environment.DATABASE_URL, { max: 2, onnotice: () => {} });
  parts.add(() => sql.end());
  await sendOutside(sql, outside.url);

  const target: Target = { url: stack.localUrl, secret: stack.environment.VAPI_WEBHOOK_SECRET };
  const ledger: Ledger = { acknowledged: [], resent: 0, lost: [], calls: 0 };
  const probe = createProbe(target, ledger, stack.environment);
  const hungUp = new AbortController();
  parts.add(async () => hungUp.abort());
  const stopCalling = keepCalling({ ...target, ...options }, ledger, hungUp.signal);
  const recoveries = await killByTurns(options, killables, probe.check);
  await stopCalling();
  await probe.end();

  console.log(`The calls are over. Comparing ${ledger.acknowledged.length} events …`);
  await replayUndisturbed(ledger.acknowledged);
  const { db } = await import("@/db/client");
  parts.add(() => db.$client.end());
  const problems = ledger.lost.map((status) => `An event was never acknowledged (${status}).`);
  const appKills = recoveries.filter(({ part }) => part === "app").map(({ killedAt }) => killedAt);
  const checked = await settle(async () => ({
    ...(await compareDatabases(sql, undisturbedUrl, appKills)),
    outside: await checkOutside(sql, outside.received),
  }));
  for (const { table, missing, extra } of checked.differences) {
    problems.push(`${table}: ${missing.length} rows are missing and ${extra.length} should not be there.`);
    for (const row of missing.slice(0, 3)) console.log(`  missing in ${table}: ${row.slice(0, 1_500)}`);
    for (const row of extra.slice(0, 3)) console.log(`  extra in ${table}: ${row.slice(0, 1_500)}`);
  }
  console.table(
    recoveries.map(({ part, restartMs, recoveryMs }) => ({
      killed: part,
      "runs again after ms": restartMs,
      "healed after ms": recoveryMs,
    })),
  );
  console.table([
    {
      calls: ledger.calls,
      "events acknowledged": ledger.acknowledged.length,
      "sent again": ledger.resent,
      "answered first, lost with the app": checked.lostInMemory,
      ...checked.outside.counts,
    },
  ]);
  return [...problems, ...checked.outside.problems];
}

const probeAgainMs = 100;
/** Pushes are withheld while it is unknown who may listen. Pages then refetch; the probe only counts pushes and resends. */
const sayAgainMs = 500;

/**
 * Probes that everything works: posts events of its own call until a new subscriber to that call receives a push; the
 * board's are collected for seconds. The call has to end like all others: whether a call that is still live has an alert
 * depends on when one looks.
 */
function createProbe(target: Target, ledger: Ledger, environment: Environment) {
  const caller = createCaller(async (conversation, message) => {
    await post(target, ledger, conversation, caller.callId, message, { longestMs: probeAgainMs });
  }, "Probe");
  let probes = 0;
  const check = async () => {
    const subscriber = createParts();
    try {
      const countPushes = await watchPushes({ environment }, subscriber, callChannel(caller.callId));
      const isHeard = async () => {
        await (probes === 0 ? caller.begins() : caller.says("user", `Probe ${probes}.`));
        probes += 1;
        const received = waitUntil("the push of this event", () => countPushes() > 0, sayAgainMs);
        return received.catch(() => false);
      };
      await waitUntil("the push of an event", isHeard, 60_000);
    } finally {
      await subscriber.stopAll();
    }
  };
  return { check, end: () => caller.ends("customer-ended-call") };
}

type Recovery = { part: Killable["name"]; killedAt: number; restartMs: number; recoveryMs: number };

async function killByTurns(
  options: ChaosOptions,
  killables: readonly Killable[],
  probe: () => Promise<void>,
) {
  const random = createRandom(options.seed);
  const until = Date.now() + options.minutes * 60_000;
  const recoveries: Recovery[] = [];
  await probe();
  while (recoveries.length < options.kills && Date.now() < until) {
    for (const part of shuffle(random, killables).slice(0, options.kills - recoveries.length)) {
      await delay(random.between(0, options.pauseMs));
      const killedAt = Date.now();
      await killAndWait(part);
      const restartMs = Date.now() - killedAt;
      await probe();
      const recoveryMs = Date.now() - killedAt;
      console.log(
        `Earshot works again ${recoveryMs} ms after the end of the ${part.name} (running after ${restartMs} ms).`,
      );
      recoveries.push({ part: part.name, killedAt, restartMs, recoveryMs });
    }
  }
  return recoveries;
}

async function killAndWait({ name, pid, answers }: Killable): Promise<void> {
  const killed = pid();
  if (killed === undefined) throw new Error(`The ${name} does not run.`);
  console.log(`Killing the ${name} (-9) …`);
  process.kill(killed, "SIGKILL");
  const isBack = async () => ![undefined, killed].includes(pid()) && (await answers());
  await waitUntil(`the ${name} to run again`, isBack, 60_000);
}

function shuffle<T>(random: Random, items: readonly T[]): T[] {
  const left = [...items];
  return items.map(() => {
    const chosen = random.pick(left);
    left.splice(left.indexOf(chosen), 1);
    return chosen;
  });
}

const settledWithinMs = 20_000;

type Checked = Awaited<ReturnType<typeof compareDatabases>> & {
  outside: Awaited<ReturnType<typeof checkOutside>>;
};

/** Repeats the check: some effects follow only at the next tick, within seconds. Returns the last result, right or wrong. */
async function settle(look: () => Promise<Checked>): Promise<Checked> {
  const until = performance.now() + settledWithinMs;
  for (;;) {
    const checked = await look();
    const isRight = checked.differences.length === 0 && checked.outside.problems.length === 0;
    if (isRight || performance.now() > until) return checked;
    await delay(250);
  }
}
