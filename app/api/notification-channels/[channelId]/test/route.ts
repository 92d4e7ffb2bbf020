import { z } from "zod";
import { db } from "@/db/client";
import { enqueueTest } from "@/db/queries/notifications/outbox";
import { listNotifications } from "@/db/queries/notifications/read";
import { route } from "@/lib/http/server/route";
import { notificationSchema } from "@/lib/notifications/notification";
import { sendDue } from "@/lib/notifications/server/send-due";
import { uuidSchema } from "@/lib/read-uuid";

export const POST = route("POST", "/api/notification-channels/[channelId]/test", {
  access: "settings.manage",
  summary: "Send a test and return the result",
  params: { channelId: uuidSchema },
  answer: z.object({ notification: notificationSchema.nullable() }),
  notFound: { detail: "Channel not found." },
  async handle({ params, notFound }) {
    const id = await enqueueTest(db, params.channelId);
    if (id === null) return notFound();
    await sendDue(db);
    const sent = await listNotifications(db, 100);
    return { notification: sent.find((notification) => notification.id === id) ?? null };
  },
});
