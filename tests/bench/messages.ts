import { randomUUID } from "node:crypto";
import { applyMigrations } from "@/scripts/local/apply-migrations";
import { startPusherServer } from "@/scripts/local/pusher-server/start";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { ensureDatabase, startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { buildCall } from "@/tests/fixtures/build-call";

const app = { id: "earshot-bench", key: "bench-key", secret: "bench-secret" };

/** Longest time after the last event that a message may still be sent: more than the board's batching delay. */
const restMs = 6_000;

/**
 * Measures how many messages of a Pusher plan a minute of a call costs, by who watches, at the pace of live calls.
 * Simultaneous calls share messages to the board, so a single call is the worst case.
 */
export async function benchMessages(parts: Parts): Promise<void> {
  await startServers(parts);
  // Imported late because the modules read the environment when they load.
  const { boardChannel, callChannel, withGeneration } = await import("@/lib/realtime/push");
  const { currentGeneration } = await import("@/lib/realtime/server/generation");
  const { updateOccupancy } = await import("@/lib/realtime/server/occupancy");
  const { published } = await import("@/lib/realtime/server/pusher-client");
  const { postDelivery } = await import("@/tests/support/deliveries/deliver");

  /** Resolves when all the work after the responses is done. */
  const playCall = async (callId: string) => {
    const { bodies, expected } = buildCall("long", { callId });
    // Shifted to now: a call of long ago would count as silent for as long.
    const shiftMs = Date.now() - Math.min(...bodies.map(({ message }) => message.timestamp));
    const later: Promise<void>[] = [];
    for (const { message } of bodies) {
      const timestamp = message.timestamp + shiftMs;
      await pass(timestamp - Date.now());
      later.push((await postDelivery({ message: { ...message, timestamp } })).later);
    }
    await Promise.all(later);
    return { events: bodies.length, seconds: expected.durationSeconds };
  };
  const play = async (watches: string, channels: (callId: string) => string[], calls = 1) => {
    const callIds = Array.from({ length: calls }, () => randomUUID());
    const at = new Date();
    const generation = await currentGeneration();
    const names = callIds.flatMap(channels).map((channel) => withGeneration(channel, generation));
    await updateOccupancy(names.map((channel) => ({ channel, isOccupied: true, at })));
    const before = published.sent;
    const played = await Promise.all(
      callIds.map(async (callId, index) => {
        // Staggered, so that the calls do not run in step.
        await pass(index * 700);
        return playCall(callId);
      }),
    );
    await pass(restMs);
    const sent = published.sent - before;
    const seconds = played.reduce((sum, call) => sum + call.seconds, 0);
    return {
      "who watches": watches,
      calls,
      events: played.reduce((sum, call) => sum + call.events, 0),
      messages: sent,
      "messages a call-minute": Math.round((sent / seconds) * 60 * 10) / 10,
    };
  };
  const rows = [
    await play("nobody", () => [callChannel("another")]),
    await play("a board", () => [boardChannel]),
    await play("a board", () => [boardChannel], 10),
    await play("a board and the call's page", (callId) => [boardChannel, callChannel(callId)]),
  ];
  console.table(rows);
}

const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

async function startServers(parts: Parts): Promise<void> {
  const postgres = await startThrowawayPostgres();
  parts.add(postgres.stop);
  const url = await ensureDatabase(postgres, "earshot");
  await applyMigrations(url);
  const pusher = await startPusherServer({ app });
  parts.add(pusher.close);
  Object.assign(process.env, {
    DATABASE_URL: url,
    APP_URL: "http://localhost:3000",
    BETTER_AUTH_SECRET: "a-secret-for-the-benchmark-and-nothing-else",
    PUSHER_APP_ID: app.id,
    PUSHER_KEY: app.key,
    PUSHER_SECRET: app.secret,
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: String(pusher.port),
    PUSHER_USE_TLS: "false",
    VAPI_WEBHOOK_SECRET: "test-webhook-secret",
  });
  const { db } = await import("@/db/client");
  parts.add(() => db.$client.end());
}
