import { startPusherServer } from "@/scripts/local/pusher-server/start";

/** Runs the local Pusher server as a separate process, which can be killed. */
const { PUSHER_APP_ID: id = "", PUSHER_KEY: key = "", PUSHER_SECRET: secret = "", PUSHER_PORT } = process.env;
await startPusherServer({
  app: { id, key, secret },
  port: Number(PUSHER_PORT),
  webhookUrl: `${process.env.APP_URL}/api/pusher/webhook`,
});
