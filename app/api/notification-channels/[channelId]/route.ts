import { z } from "zod";
import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { problem, readJson } from "@/lib/http/server/http";
import { channelChangeSchema } from "@/lib/notifications/channel";
import { changeChannel, deleteChannel } from "@/lib/notifications/server/manage";

type Context = RouteContext<"/api/notification-channels/[channelId]">;

/** `{ afterMinutes?, quietHours?, isEnabled? }` */
export async function PATCH(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, channelChangeSchema);
  if (body.refused) return body.refused;
  const id = z.uuid().safeParse((await params).channelId);
  return answer(id.success && (await changeChannel(db, id.data, body.value, auditedBy(actor, request))));
}

/** Deletes the channel, and with it what was to be sent there. */
export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const id = z.uuid().safeParse((await params).channelId);
  return answer(id.success && (await deleteChannel(db, id.data, auditedBy(actor, request))));
}

function answer(isDone: boolean): Response {
  return isDone
    ? new Response(null, { status: 204 })
    : problem(404, "Not found", "There is no such channel.");
}
