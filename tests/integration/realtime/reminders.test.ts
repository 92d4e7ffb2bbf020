import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { boardChannel } from "@/lib/realtime/push";
import { startPusherServer } from "@/scripts/local/pusher-server/start";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { deliver } from "@/tests/support/deliveries/deliver";
import { collectPushes, join } from "@/tests/support/servers/collect-pushes";
import { connectClient } from "@/tests/support/servers/pusher-clients";
import { testPusher, testPusherApp } from "@/tests/support/servers/test-pusher";

it("realtime: after failed pushes, the board gets a refetch notice once Pusher accepts pushes again", async () => {
  const callId = randomUUID();
  await testPusher.close();
  await deliver(statusUpdate("in-progress", { callId }));
  const again = await startPusherServer({ app: testPusherApp, port: testPusher.port });
  const pushes = collectPushes(await join(await connectClient(again.port), boardChannel));
  await expect.poll(() => pushes, { timeout: 10_000 }).toContainEqual({ kind: "stale", callId });
  await again.close();
});
