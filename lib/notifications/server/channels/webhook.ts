import "server-only";
import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { Message } from "@/lib/notifications/judge";
import { type ChannelSender, postOutside, readSecret } from "@/lib/notifications/server/channels/sender";

/** Somebody's server, as Standard Webhooks has it: signed, with an id that is the same for every attempt. */
export const webhook: ChannelSender<"webhook"> = {
  create({ url }) {
    // Standard Webhooks: 24 to 64 random bytes, in base64 behind this prefix.
    const key = `whsec_${randomBytes(32).toString("base64")}`;
    return { target: url, secret: key, key };
  },
  async send(channel, id, message) {
    const at = new Date();
    const body = JSON.stringify(toPayload(message, at));
    await postOutside(channel.target, body, {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(readSecret(channel)).sign(id, at, body),
    });
    return null;
  },
};

function toPayload({ event, ...data }: Message, at: Date) {
  return { type: event, timestamp: at.toISOString(), data };
}
