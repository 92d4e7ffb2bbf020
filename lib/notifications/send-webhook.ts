import "server-only";
import { Webhook } from "standardwebhooks";
import type { Message } from "@/lib/notifications/message";
import { postOutside } from "@/lib/notifications/post-outside";

/**
 * Posts to somebody's server as Standard Webhooks has it: signed, with an id that is the same for every attempt.
 * @throws when it is not taken with a 2xx within ten seconds
 */
export async function sendWebhook(url: string, key: string, id: string, message: Message): Promise<void> {
  const at = new Date();
  const body = JSON.stringify(toPayload(message, at));
  await postOutside(url, body, {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(key).sign(id, at, body),
  });
}

function toPayload({ event, ...data }: Message, at: Date) {
  return { type: event, timestamp: at.toISOString(), data };
}
