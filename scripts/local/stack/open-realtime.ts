import { findFreePort } from "../find-free-port";
import { type PusherServer, startPusherServer } from "../pusher-server/start";
import type { Parts } from "./create-parts";
import { type Environment, hasPusher, type LocalSecrets } from "./environment";

const usualPort = 6001;

export type Realtime = {
  /** Variables the app needs to use it. */
  environment: Environment;
  description: string;
  /** Stops and restarts the local server, for tests; null when Pusher is external. */
  control: { stop: () => Promise<void>; start: () => Promise<void> } | null;
};

/** Uses the Pusher that PUSHER_* names, or else starts a local server that sends its webhooks to `appUrl`. */
export async function openRealtime(
  environment: Environment,
  { pusherKey, pusherSecret }: LocalSecrets,
  appUrl: string,
  parts: Parts,
): Promise<Realtime> {
  if (hasPusher(environment)) {
    return { environment: {}, description: "set by PUSHER_*", control: null };
  }
  const port = await findFreePort(usualPort);
  const app = { id: "earshot-local", key: pusherKey, secret: pusherSecret };
  const webhookUrl = `${appUrl}/api/pusher/webhook`;
  let server: PusherServer | null = null;
  const control = {
    start: async () => {
      server ??= await startPusherServer({ app, port, webhookUrl });
    },
    stop: async () => {
      await server?.close();
      server = null;
    },
  };
  await control.start();
  parts.add(control.stop);
  return {
    environment: pusherEnvironment(app, port),
    description: `a Pusher server on port ${port}`,
    control,
  };
}

function pusherEnvironment(app: { id: string; key: string; secret: string }, port: number): Environment {
  return {
    PUSHER_APP_ID: app.id,
    PUSHER_KEY: app.key,
    PUSHER_SECRET: app.secret,
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: String(port),
    PUSHER_USE_TLS: "false",
  };
}
