import { z } from "zod";
import { db } from "@/db/client";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { pushSubscriptionSchema } from "@/lib/notifications/channel";
import { vapidKeys } from "@/lib/notifications/server/channels/push";
import { subscribeDevice } from "@/lib/notifications/server/manage";

export const GET = route("GET", "/api/push-subscriptions", {
  access: "account.own",
  summary: "The public key that browsers subscribe to push notifications with (VAPID)",
  isForPagesOnly: true,
  answer: z.object({ publicKey: z.string() }),
  handle: async () => ({ publicKey: vapidKeys().publicKey }),
});

export const PUT = route("PUT", "/api/push-subscriptions", {
  access: "account.own",
  summary: "Send alerts to this device by push until its session ends",
  isForPagesOnly: true,
  body: pushSubscriptionSchema,
  answer: z.object({ id: z.uuid() }),
  async handle({ body, actor, by }) {
    if (actor.kind !== "person") {
      return problem(
        422,
        "No device",
        "Push goes to the device a person is signed in on; an API key has none.",
      );
    }
    return { id: await subscribeDevice(db, body, actor.sessionId, by) };
  },
});
