import { z } from "zod";
import { db } from "@/db/client";
import { listNotifications } from "@/db/queries/notifications/read";
import { route } from "@/lib/http/server/route";
import { notificationSchema } from "@/lib/notifications/notification";

export const GET = route("GET", "/api/notifications", {
  access: "settings.manage",
  summary: "List the newest 100 notifications with their attempts",
  answer: z.object({ notifications: z.array(notificationSchema) }),
  handle: async () => ({ notifications: await listNotifications(db, 100) }),
});
