import { db } from "@/db/client";
import { listNotifications } from "@/db/queries/notifications/read";
import { authorize } from "@/lib/auth/server/authorize";

/** `{ notifications }`: the newest hundred of the outbox with their attempts. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  return Response.json({ notifications: await listNotifications(db, 100) });
}
