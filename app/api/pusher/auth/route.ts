import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { channelPermission } from "@/lib/auth/channel-permission";
import { can } from "@/lib/auth/permissions";
import { problem } from "@/lib/http/problem";
import { readText } from "@/lib/http/read-body";
import { describeError, log } from "@/lib/log";
import { tellOccupancy } from "@/lib/realtime/occupancy";
import { pusherClient } from "@/lib/realtime/pusher-client";

/** What pusher-js posts, as a form, before it joins a private or presence channel. */
const formSchema = z.object({
  socket_id: z.string().regex(/^\d+\.\d+$/),
  channel_name: z.string().max(200),
});

/** Signs a subscription for whoever may listen. @see https://pusher.com/docs/channels/server_api/authorizing-users/ */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const body = await readText(request);
  if (body.refused) return body.refused;
  const form = formSchema.safeParse(Object.fromEntries(new URLSearchParams(body.text)));
  if (!form.success) return problem(422, "Invalid", "Send socket_id and channel_name as a form.");

  const { socket_id: socketId, channel_name: channel } = form.data;
  const permission = channelPermission(channel);
  if (!permission || !can(actor.role, permission)) {
    return problem(403, "Not allowed", `The role ${actor.role} may not listen to ${channel}.`);
  }
  if (channel.startsWith("private-")) await noteJoining(channel);
  const presence = channel.startsWith("presence-") ? toMember(actor) : undefined;
  return Response.json(pusherClient.authorizeChannel(socketId, channel, presence), {
    headers: { "cache-control": "no-store" },
  });
}

/**
 * From now on it is worth sending to this channel: Pusher's own word of it comes later, or not at all. Should it not be kept,
 * the page polls nothing less.
 */
async function noteJoining(channel: string): Promise<void> {
  try {
    await tellOccupancy([{ channel, isOccupied: true, at: new Date() }]);
  } catch (cause) {
    log("warn", "who listens could not be noted", describeError(cause));
  }
}

/** How others see who is watching a call. */
function toMember({ id, name, role }: Actor) {
  return { user_id: id, user_info: { name, role } };
}
