import { db } from "@/db/client";
import { listChannels } from "@/db/queries/notifications/read";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { readJson } from "@/lib/http/server/http";
import { newChannelSchema } from "@/lib/notifications/channel";
import { createChannel } from "@/lib/notifications/server/manage";

/** `{ channels }`, without their secrets. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  return Response.json({ channels: await listChannels(db) });
}

/** Makes a channel: 201 `{ id, key }`; `key` is what a webhook is signed with, shown this once. */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, newChannelSchema);
  if (body.refused) return body.refused;
  return Response.json(await createChannel(db, body.value, auditedBy(actor, request)), { status: 201 });
}
