import { after } from "next/server";
import { db } from "@/db/client";
import { retryNotification } from "@/db/queries/notifications/sending";
import { route } from "@/lib/http/server/route";
import { sendDue } from "@/lib/notifications/server/send-due";
import { uuidSchema } from "@/lib/read-uuid";

/** Retries a notification that was given up or waits for its next attempt. */
export const POST = route("POST", "/api/notifications/[notificationId]/retry", {
  access: "settings.manage",
  summary: "Retry a notification now",
  params: { notificationId: uuidSchema },
  answer: null,
  notFound: { detail: "No unsent notification has this ID." },
  async handle({ params, notFound }) {
    if (!(await retryNotification(db, params.notificationId))) return notFound();
    after(sendDue(db));
    return null;
  },
});
