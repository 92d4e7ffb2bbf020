import PusherServerClient from "pusher";
import PusherClient from "pusher-js";
import { boardChannel, pushEvent, withGeneration } from "@/lib/realtime/push";
import type { Parts } from "@/scripts/local/stack/create-parts";
import type { Environment } from "@/scripts/local/stack/environment";
import { ask } from "@/tests/support/deliveries/ask";

/**
 * Somebody who has the board open, with the official client: what happens has to be published to be heard here.
 * Resolves once subscribed; the answer says how many messages have come so far.
 */
export async function watchBoard(
  { environment }: { environment: Environment },
  parts: Parts,
): Promise<() => number> {
  const { PUSHER_APP_ID = "", PUSHER_KEY = "", PUSHER_SECRET = "", PUSHER_PORT = "" } = environment;
  const server = new PusherServerClient({
    appId: PUSHER_APP_ID,
    key: PUSHER_KEY,
    secret: PUSHER_SECRET,
    host: "127.0.0.1",
    port: PUSHER_PORT,
  });
  const client = new PusherClient(PUSHER_KEY, {
    cluster: "local",
    wsHost: "127.0.0.1",
    wsPort: Number(PUSHER_PORT),
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId, channelName }, answer) =>
        answer(null, server.authorizeChannel(socketId, channelName)),
    },
  });
  parts.add(async () => client.disconnect());
  const channel = client.subscribe(withGeneration(boardChannel, await readGeneration(environment)));
  let heard = 0;
  channel.bind(pushEvent, () => {
    heard += 1;
  });
  await new Promise((resolve, reject) => {
    channel.bind("pusher:subscription_succeeded", resolve);
    channel.bind("pusher:subscription_error", reject);
  });
  return () => heard;
}

/** The generation of channel names in use; the first one, if nothing has been published yet. */
async function readGeneration({ DATABASE_URL = "" }: Environment): Promise<string> {
  const [row] = await ask(
    DATABASE_URL,
    (sql) => sql<{ generation: string }[]>`
      insert into realtime_generations (generation) values ('bench')
      on conflict (id) do update set generation = realtime_generations.generation returning generation`,
  );
  return row?.generation ?? "";
}
