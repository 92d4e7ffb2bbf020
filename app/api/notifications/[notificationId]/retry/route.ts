import { after } from "next/server";
import { z } from "zod";
import { db } from "@/db/client";
import { retryNotification } from "@/db/queries/notifications/outbox";
import { authorize } from "@/lib/auth/server/authorize";
import { problem } from "@/lib/http/server/http";
import { sendDue } from "@/lib/notifications/server/send-due";

/** Tries again now what was given up, or waits for its next attempt. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/notifications/[notificationId]/retry">,
): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const id = z.uuid().safeParse((await params).notificationId);
  if (!id.success || !(await retryNotification(db, id.data))) {
    return problem(404, "Not found", "There is no such notification that has not been sent.");
  }
  after(sendDue(db));
  return new Response(null, { status: 204 });
}
