import { randomUUID } from "node:crypto";
import { applyMigrations } from "@/scripts/local/apply-migrations";
import { ensureDatabase } from "@/scripts/local/ensure-database";
import { startPusherServer } from "@/scripts/local/pusher-server/start";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { buildCall } from "@/tests/fixtures/build-call";

const app = { id: "earshot-bench", key: "bench-key", secret: "bench-secret" };

/**
 * Messages that a minute of a call costs of a Pusher plan, by who watches. The events come one by one, so that none share
 * a message: the most there can be. The baseline in the same run: what is sent while nobody knows who watches.
 */
export async function benchMessages(parts: Parts): Promise<void> {
  await startServers(parts);
  // Only now, for the environment is read when the modules are loaded.
  const { boardChannel, callChannel, withGeneration } = await import("@/lib/realtime/push");
  const { currentGeneration } = await import("@/lib/realtime/server/generation");
  const { tellOccupancy } = await import("@/lib/realtime/server/occupancy");
  const { published } = await import("@/lib/realtime/server/pusher-client");
  const { deliver } = await import("@/tests/support/deliveries/deliver");

  const play = async (watches: string, channels: (callId: string) => string[]) => {
    const callId = randomUUID();
    const { bodies, expected } = buildCall("long", { callId });
    const at = new Date();
    const generation = await currentGeneration();
    const names = channels(callId).map((channel) => withGeneration(channel, generation));
    await tellOccupancy(names.map((channel) => ({ channel, isOccupied: true, at })));
    const before = published.sent;
    // Of a call that goes on now: one of long ago would be silent for as long.
    const shiftMs = Date.now() - Math.max(...bodies.map(({ message }) => message.timestamp));
    for (const { message } of bodies) {
      await deliver({ message: { ...message, timestamp: message.timestamp + shiftMs } });
    }
    const sent = published.sent - before;
    const perMinute = Math.round((sent / expected.durationSeconds) * 60);
    return {
      "who watches": watches,
      events: bodies.length,
      messages: sent,
      "messages a call-minute": perMinute,
    };
  };
  const rows = [
    await play("not known (all is sent)", () => []),
    await play("nobody", () => [boardChannel]),
    await play("one call page", (callId) => [boardChannel, callChannel(callId)]),
  ];
  console.table(rows);
}

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
