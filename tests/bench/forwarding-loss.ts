import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Database } from "@/db/client";
import type { Delivery } from "@/db/queries/record/facts";
import { applyMigrations } from "@/scripts/local/apply-migrations";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { generateCall } from "@/scripts/simulator/generate-call";
import { createRandom } from "@/scripts/simulator/random";
import { startReceiver } from "@/tests/support/servers/start-receiver";

const workers = 3;
/** In minutes of the simulated clock: how long events are recorded, and when the target is down. */
const recordedMinutes = 90;
const down = { from: 10, until: 70 };
/** Minutes from which a sending process is killed: before the outage, and while it catches up. */
const killsAt = [4, 72];
/** A process is killed while it sends this one of its items. */
const killedAtItem = 5;
const refusedShare = 0.05;
/** Items that have not arrived by then are lost. */
const lastMinute = 600;

/**
 * Forwards events of simulated calls, recorded as the webhook records them, to a target that rejects some, and all of
 * them for an hour, while forwarding processes are killed. Checks that none is lost and that each call's events arrive
 * in order. The clock advances by minutes; each step takes 1 s at most.
 *
 * @throws when an event is lost or out of order
 */
export async function benchForwardingLoss({ events }: { events: number }, parts: Parts): Promise<void> {
  const began = performance.now();
  const random = createRandom("refused");
  const arrivals = new Arrivals();
  let minute = 0;
  const receiver = await startReceiver(({ headers }) => {
    const isDown = minute >= down.from && minute < down.until;
    const isTaken = !isDown && !random.chance(refusedShare);
    arrivals.note(String(headers["webhook-id"]), isTaken);
    return isTaken ? {} : { status: 503 };
  });
  parts.add(receiver.stop);
  const server = await startThrowawayPostgres();
  parts.add(server.stop);
  Object.assign(process.env, {
    DATABASE_URL: server.urlOf("postgres"),
    APP_URL: "http://localhost:3000",
    BETTER_AUTH_SECRET: "a-secret-for-the-benchmark-alone",
    OUTGOING_ALLOWED_HOSTS: new URL(receiver.url).host,
    ...{ PUSHER_APP_ID: "bench", PUSHER_KEY: "bench", PUSHER_SECRET: "bench", PUSHER_HOST: "127.0.0.1" },
  });
  await applyMigrations(server.urlOf("postgres"));
  // Imported late because the database client reads the environment when it loads.
  const { db } = await import("@/db/client");
  parts.add(() => db.$client.end());
  const { listTargets } = await import("@/db/queries/forwarding/targets");
  await makeTarget(db, receiver.url);
  const recorded = await drawDeliveries(events);
  const waves = toWaves(recorded);

  const clockStart = Date.now();
  const senders = Array.from({ length: workers }, startSender);
  parts.add(async () => {
    for (const sender of senders) sender.kill();
  });
  let killed = 0;
  for (; minute < lastMinute; minute += 1) {
    for (const wave of waves.splice(0, Math.ceil(waves.length / Math.max(1, recordedMinutes - minute)))) {
      await recordWave(db, wave);
    }
    const at = clockStart + minute * 60_000;
    const index = minute % workers;
    const chosen = senders[index];
    if (chosen && minute >= Number(killsAt[killed])) {
      if (await killWhileSending(chosen, at, arrivals)) {
        killed += 1;
        senders[index] = startSender();
      }
    } else await Promise.all(senders.map((sender) => runOnce(sender, at)));
    if (waves.length === 0 && arrivals.accepted.size >= events) {
      const [target] = await listTargets(db);
      if (target?.pending === 0) break;
    }
  }
  const { lost, disordered, calls } = await compare(db, recorded, arrivals);
  console.table([
    {
      events,
      calls,
      lost,
      "calls out of order": disordered,
      "down, min": down.until - down.from,
      "processes killed": killed,
      attempts: arrivals.attempts,
      refused: arrivals.attempts - arrivals.taken,
      "accepted twice": arrivals.taken - arrivals.accepted.size,
      "clock, min": minute,
      "took, s": Math.round((performance.now() - began) / 1_000),
    },
  ]);
  if (lost + disordered > 0) throw new Error(`${lost} events were lost, ${disordered} calls out of order.`);
}

/** What arrived at the target: the number of attempts, and each item's rank among first acceptances. */
class Arrivals {
  attempts = 0;
  taken = 0;
  readonly accepted = new Map<string, number>();
  onAttempt: ((attempts: number) => void) | null = null;

  note(key: string, isTaken: boolean): void {
    this.attempts += 1;
    this.onAttempt?.(this.attempts);
    if (!isTaken) return;
    this.taken += 1;
    if (!this.accepted.has(key)) this.accepted.set(key, this.accepted.size);
  }
}

/** Compares each call's recorded events with the arrivals: which are lost, and whose first arrivals are out of order. */
async function compare(db: Database, recorded: readonly Delivery[][], { accepted }: Arrivals) {
  const { events } = await import("@/db/schema/events");
  const kept = await db.$count(events);
  const orders = recorded.map((deliveries) => deliveries.map(({ event }) => event.key));
  if (kept !== orders.flat().length)
    throw new Error(`${kept} of ${orders.flat().length} events were recorded.`);
  const isInOrder = (keys: readonly string[]) => {
    const places = keys.flatMap((key) => accepted.get(key) ?? []);
    return places.every((place, index) => index === 0 || place > Number(places[index - 1]));
  };
  return {
    calls: orders.length,
    lost: orders.flat().filter((key) => !accepted.has(key)).length,
    disordered: orders.filter((keys) => !isInOrder(keys)).length,
  };
}

/** Draws events of simulated calls, call by call, as the webhook reads them. */
async function drawDeliveries(most: number): Promise<Delivery[][]> {
  const { toDelivery } = await import("@/lib/webhook/server/delivery");
  const { readEnvelope } = await import("@/lib/webhook/server/envelope");
  const { findEvent } = await import("@/lib/webhook/server/registry");
  const createdAtMs = Date.now() - 3_600_000;
  const drawn: Delivery[][] = [];
  for (let [left, index] = [most, 0]; left > 0; index += 1) {
    const steady = { createdAtMs, duplicates: 0, disorder: 0, loss: 0 };
    const deliveries = new Map<string, Delivery>();
    for (const { message } of generateCall(`passed on/${index}`, steady).events) {
      const envelope = readEnvelope({
        body: new TextEncoder().encode(JSON.stringify({ message })),
        conversationUuid: null,
        headers: new Headers(),
        receivedAt: new Date(),
      });
      const read = envelope && findEvent(envelope.type)?.read(envelope.message);
      if (!envelope || !read || "issues" in read) continue;
      const delivery = toDelivery(envelope, read.event, null, null, []);
      if (delivery.isLogged && deliveries.size < left) deliveries.set(delivery.event.key, delivery);
    }
    drawn.push([...deliveries.values()]);
    left -= deliveries.size;
  }
  return drawn;
}

/** The first event of each call, then the second of each, and so on: a call's events are recorded in order. */
function toWaves(recorded: readonly Delivery[][]): Delivery[][] {
  const longest = Math.max(...recorded.map(({ length }) => length));
  return Array.from({ length: longest }, (_, n) => recorded.flatMap((deliveries) => deliveries[n] ?? []));
}

async function recordWave(db: Database, wave: readonly Delivery[]): Promise<void> {
  const { recordDelivery } = await import("@/db/queries/record/record-delivery");
  const receivedAt = new Date();
  await Promise.all(
    wave.map(({ event, ...delivery }) =>
      recordDelivery(db, { ...delivery, event: { ...event, receivedAt } }),
    ),
  );
}

async function makeTarget(db: Database, url: string): Promise<void> {
  const { createTarget } = await import("@/lib/forwarding/server/manage");
  const { newTargetSchema } = await import("@/lib/forwarding/target");
  const target = newTargetSchema.parse({ name: "Bench", url });
  await createTarget(db, target, { actor: { kind: "system", name: "bench" }, ip: null });
}

function startSender(): ChildProcess {
  const path = fileURLToPath(new URL("../support/vitest/forward-once.ts", import.meta.url));
  return fork(path, { execArgv: ["--conditions=react-server", "--import", "tsx"] });
}

/** Kills a process while it is sending; resolves to false if it had too little to send. */
async function killWhileSending(sender: ChildProcess, at: number, arrivals: Arrivals): Promise<boolean> {
  const last = arrivals.attempts + killedAtItem;
  arrivals.onAttempt = (attempts) => {
    if (attempts === last) sender.kill("SIGKILL");
  };
  const isKilled = once(sender, "exit").then(() => true);
  sender.send(at);
  const wasKilled = await Promise.race([isKilled, once(sender, "message").then(() => false)]);
  arrivals.onAttempt = null;
  return wasKilled;
}

async function runOnce(sender: ChildProcess, at: number): Promise<void> {
  sender.send(at);
  await once(sender, "message");
}
