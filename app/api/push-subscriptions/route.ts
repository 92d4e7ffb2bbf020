import { z } from "zod";
import { db } from "@/db/client";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { pushSubscriptionSchema } from "@/lib/notifications/channel";
import { vapidKeys } from "@/lib/notifications/server/channels/push";
import { subscribeDevice } from "@/lib/notifications/server/manage";

export const GET = route("GET", "/api/push-subscriptions", {
  access: "account.own",
  summary: "Get the public key (VAPID) browsers need to subscribe to push notifications",
  isForPagesOnly: true,
  answer: z.object({ publicKey: z.string() }),
  handle: async () => ({ publicKey: vapidKeys().publicKey }),
});

export const PUT = route("PUT", "/api/push-subscriptions", {
  access: "account.own",
  summary: "Send push notifications to this device until its session ends",
  isForPagesOnly: true,
  body: pushSubscriptionSchema,
  answer: z.object({ id: z.uuid() }),
  async handle({ body, actor, by }) {
    if (actor.kind !== "person") {
      return problem(
        422,
        "Not for API keys",
        "Push notifications go to the device a person is signed in on. An API key has none.",
      );
    }
    return { id: await subscribeDevice(db, body, actor.sessionId, by) };
  },
});
