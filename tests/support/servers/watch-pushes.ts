import PusherServerClient from "pusher";
import PusherClient, { type Channel } from "pusher-js";
import { boardChannel, generationChannel, pushEvent, rotateEvent, withGeneration } from "@/lib/realtime/push";
import type { Parts } from "@/scripts/local/stack/create-parts";
import type { Environment } from "@/scripts/local/stack/environment";
import { ask } from "@/tests/support/deliveries/ask";

/**
 * Subscribes to a channel, by default the board's, with the official client, so that pushes have to be published. Follows
 * new generations of channel names as pages do. Resolves once subscribed; the result returns the number of messages so far.
 */
export async function watchPushes(
  { environment }: { environment: Environment },
  parts: Parts,
  watched = boardChannel,
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
  let pushes = 0;
  let name = "";
  const generations = client.subscribe(generationChannel);
  // Resolves for whichever generation it is: a channel may be left for the next one's before it is joined.
  await new Promise<void>((resolve, reject) => {
    const listen = (generation: string) => {
      if (name) client.unsubscribe(name);
      name = withGeneration(watched, generation);
      const channel = client.subscribe(name);
      channel.bind(pushEvent, () => {
        pushes += 1;
      });
      untilSubscribed(channel).then(resolve, reject);
    };
    generations.bind(rotateEvent, ({ generation }: { generation: string }) => listen(generation));
    untilSubscribed(generations)
      .then(() => readGeneration(environment))
      .then((generation) => {
        if (!name) listen(generation);
      })
      .catch(reject);
  });
  return () => pushes;
}

function untilSubscribed(channel: Channel): Promise<void> {
  return new Promise((resolve, reject) => {
    channel.bind("pusher:subscription_succeeded", () => resolve());
    channel.bind("pusher:subscription_error", reject);
  });
}

/** Reads the current generation of channel names; creates the first one if nothing has been published yet. */
async function readGeneration({ DATABASE_URL = "" }: Environment): Promise<string> {
  const [row] = await ask(
    DATABASE_URL,
    (sql) => sql<{ generation: string }[]>`
      insert into realtime_generations (generation) values ('bench')
      on conflict (id) do update set generation = realtime_generations.generation returning generation`,
  );
  return row?.generation ?? "";
}
