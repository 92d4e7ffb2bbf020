import { z } from "zod";
import { db } from "@/db/client";
import { removePushSubscription } from "@/db/queries/notifications/push-subscriptions";
import { route } from "@/lib/http/server/route";

export const DELETE = route("DELETE", "/api/push-subscriptions/[subscriptionId]", {
  access: "account.own",
  summary: "Stop push notifications on your own device",
  isForPagesOnly: true,
  params: { subscriptionId: z.uuid() },
  answer: null,
  async handle({ params: { subscriptionId }, actor, notFound }) {
    return (await removePushSubscription(db, subscriptionId, actor.id)) ? null : notFound();
  },
});
