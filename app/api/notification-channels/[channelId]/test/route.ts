import { z } from "zod";
import { db } from "@/db/client";
import { enqueueTest } from "@/db/queries/notifications/outbox";
import { listNotifications } from "@/db/queries/notifications/read";
import { authorize } from "@/lib/auth/server/authorize";
import { problem } from "@/lib/http/server/http";
import { sendDue } from "@/lib/notifications/server/send-due";

/** Sends a test: `{ notification }` says what came of it. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/notification-channels/[channelId]/test">,
): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const channelId = z.uuid().safeParse((await params).channelId);
  const id = channelId.success ? await enqueueTest(db, channelId.data) : null;
  if (id === null) return problem(404, "Not found", "There is no such channel.");
  await sendDue(db);
  const sent = await listNotifications(db, 100);
  return Response.json({ notification: sent.find((notification) => notification.id === id) ?? null });
}
