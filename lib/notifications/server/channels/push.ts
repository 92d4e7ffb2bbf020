import "server-only";
import { createECDH } from "node:crypto";
import { db } from "@/db/client";
import { listPushSubscriptions, removePushSubscription } from "@/db/queries/notifications/push-subscriptions";
import { env } from "@/lib/env";
import { guardedFetch } from "@/lib/http/server/guarded-fetch";
import { PostFailed } from "@/lib/http/server/post-outside";
import { pushSubscriptionSchema } from "@/lib/notifications/channel";
import type { Message } from "@/lib/notifications/message";
import { type ChannelSender, MisconfiguredChannel } from "@/lib/notifications/server/channels/sender";
import { deriveKey, openSecret } from "@/lib/secrets";

/** Push services drop messages older than this: an alert is no longer news on a phone that was offline. */
const ttlSeconds = 15 * 60;

/** Status codes of a push service for a device that turned push off or no longer exists (RFC 8030 §7.3). */
const gone: readonly number[] = [404, 410];

/** Sends to every device that has turned push on, or to those of one person (RFC 8030, 8291, 8292). */
export const push: ChannelSender<"push"> = {
  create: () => ({ target: "every device with push turned on", secret: null, key: null }),
  async send({ name, person }, id, message) {
    const devices = await listPushSubscriptions(db, person?.id);
    if (devices.length === 0 && person) {
      throw new MisconfiguredChannel(`${name} no longer has a device with push turned on.`);
    }
    if (devices.length === 0 && message.event === "test") {
      throw new MisconfiguredChannel("No device has push turned on. Each person can turn it on at the bell.");
    }
    const results = await Promise.allSettled(
      devices.map((device) => sendToDevice(device, toPayload(id, message))),
    );
    const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    // Retried only if no device received it: a repeat would alert the other devices again.
    if (failures.length > 0 && failures.length === devices.length) throw failures[0];
    return null;
  },
};

/** The input of public/push-worker.js. The same `tag` replaces the notification on screen. */
function toPayload(
  id: string,
  { title, detail, url, alert, incident, issue, version, event }: Message,
): string {
  const isOver = /^(alert|incident|issue|version)\.(?!opened|worse|escalated)/.test(event);
  return JSON.stringify({
    title,
    body: detail,
    url,
    tag: alert?.id ?? incident?.id ?? issue?.id ?? version?.id ?? id,
    isOver,
  });
}

interface Device {
  id: string;
  sealedSubscription: string;
}

async function sendToDevice({ id, sealedSubscription }: Device, payload: string): Promise<void> {
  const opened = openSecret(sealedSubscription, id);
  const subscription = opened === null ? null : pushSubscriptionSchema.safeParse(JSON.parse(opened)).data;
  // Sealed under another BETTER_AUTH_SECRET, hence another VAPID key. The device subscribes again on its next visit.
  if (!subscription) return void (await removePushSubscription(db, id));
  // Imported here, so that the webhook's function starts without it.
  const { default: webPush } = await import("web-push");
  const { endpoint, headers, method, body } = webPush.generateRequestDetails(subscription, payload, {
    vapidDetails: { subject: vapidSubject(), ...vapidKeys() },
    TTL: ttlSeconds,
    urgency: "high",
    contentEncoding: "aes128gcm",
  });
  const response = await guardedFetch(endpoint, {
    method,
    headers: toHeaders(headers),
    body: new Uint8Array(body),
    maxRedirects: 0,
  });
  await response.body?.cancel();
  if (gone.includes(response.status)) await removePushSubscription(db, id);
  else if (!response.ok) throw new PostFailed(response.status);
}

function toHeaders(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** The contact address for push services. Apple's rejects addresses that are not public. */
function vapidSubject(): string {
  return env.APP_URL.startsWith("https:") ? env.APP_URL : "mailto:earshot@example.com";
}

let known: { publicKey: string; privateKey: string } | undefined;

/** Returns Earshot's VAPID key pair, derived from BETTER_AUTH_SECRET so that every instance has the same one. */
export function vapidKeys(): { publicKey: string; privateKey: string } {
  if (!known) {
    const curve = createECDH("prime256v1");
    curve.setPrivateKey(toScalar(deriveKey("web push")));
    known = { publicKey: curve.getPublicKey("base64url"), privateKey: curve.getPrivateKey("base64url") };
  }
  return known;
}

/** The order of P-256 (SEC 2 §2.4.2): private keys range from 1 to `order` - 1. */
const order = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

function toScalar(bytes: Buffer): Buffer {
  const scalar = (BigInt(`0x${bytes.toString("hex")}`) % (order - 1n)) + 1n;
  return Buffer.from(scalar.toString(16).padStart(64, "0"), "hex");
}
