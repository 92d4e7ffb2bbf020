import { startPusherServer } from "@/scripts/local/pusher-server/start";

export const testPusherApp = { id: "earshot-tests", key: "test-key", secret: "test-secret" };

/** This test file's own Pusher server, which `@/lib/env` points to. */
export const testPusher = await startPusherServer({ app: testPusherApp });
