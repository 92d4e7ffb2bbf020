import { startPusherServer } from "@/scripts/local/pusher-server/start";

/** The local Pusher server as a process of its own, which can be killed. */
const { PUSHER_APP_ID: id = "", PUSHER_KEY: key = "", PUSHER_SECRET: secret = "", PUSHER_PORT } = process.env;
await startPusherServer({
  app: { id, key, secret },
  port: Number(PUSHER_PORT),
  webhookUrl: `${process.env.APP_URL}/api/pusher/webhook`,
});
