import "server-only";
import { makeSigningKey, postSigned } from "@/lib/http/server/post-outside";
import type { Message } from "@/lib/notifications/message";
import { type ChannelSender, readSecret } from "@/lib/notifications/server/channels/sender";

/** A signed Standard Webhooks request, with the same id for every attempt. */
export const webhook: ChannelSender<"webhook"> = {
  create({ url }) {
    const key = makeSigningKey();
    return { target: url, secret: key, key };
  },
  async send(channel, id, message) {
    const at = new Date();
    const body = JSON.stringify(toPayload(message, at));
    await postSigned(channel.target, { id, at, body, keys: [readSecret(channel)] });
    return null;
  },
};

function toPayload({ event, ...data }: Message, at: Date) {
  return { type: event, timestamp: at.toISOString(), data };
}
