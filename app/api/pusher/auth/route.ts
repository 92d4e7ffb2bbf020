import { z } from "zod";
import { can, channelPermission } from "@/lib/auth/permissions";
import type { Actor } from "@/lib/auth/roles";
import { problem, readText } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { logRepeated } from "@/lib/log-repeated";
import { generationChannel, splitGeneration } from "@/lib/realtime/push";
import { grantGeneration } from "@/lib/realtime/server/generation";
import { updateOccupancy } from "@/lib/realtime/server/occupancy";
import { getPusherClient } from "@/lib/realtime/server/pusher-client";

/** The form that pusher-js posts before it joins a private or presence channel. */
const formSchema = z.object({
  socket_id: z.string().regex(/^\d+\.\d+$/),
  // Pusher's own rule for names.
  channel_name: z.string().regex(/^[\w\-=@,.;]{1,200}$/),
});

/**
 * Signs only channels of the current generation. The body is a form, so it is read here.
 * @see https://pusher.com/docs/channels/server_api/authorizing-users/
 */
export const POST = route("POST", "/api/pusher/auth", {
  access: "calls.view",
  summary: "Sign a channel subscription",
  isForPagesOnly: true,
  answer: z.looseObject({ auth: z.string() }),
  async handle({ request, actor }) {
    const body = await readText(request);
    if (body.refused) return body.refused;
    const form = formSchema.safeParse(Object.fromEntries(new URLSearchParams(body.text)));
    if (!form.success) return problem(422, "Invalid", "Send socket_id and channel_name as a form.");

    const { socket_id: socketId, channel_name: name } = form.data;
    const { channel, generation } = splitGeneration(name);
    const permission = channelPermission(channel);
    if (!permission || !can(actor.role, permission)) {
      return problem(403, "Not allowed", `The role ${actor.role} cannot subscribe to ${channel}.`);
    }
    if (channel !== generationChannel) {
      const current = await grantGeneration(actor);
      if (generation !== current) return stale(current);
      if (name.startsWith("private-")) await recordJoining(name);
    }
    const presence = name.startsWith("presence-") ? toMember(actor) : undefined;
    const pusher = await getPusherClient();
    return Response.json(pusher.authorizeChannel(socketId, name, presence), {
      headers: { "cache-control": "no-store" },
    });
  },
});

/** The channel has a new name: 409 with the generation to use. */
function stale(generation: string): Response {
  return problem(409, "Stale", "This channel has a new generation. Request its current name and try again.", {
    "x-earshot-generation": generation,
  });
}

/**
 * Marks the channel as occupied, so that events are sent to it at once: Pusher's own webhook arrives later, or not at all.
 * If this fails, the page keeps polling as often as before.
 */
async function recordJoining(channel: string): Promise<void> {
  try {
    await updateOccupancy([{ channel, isOccupied: true, at: new Date() }]);
  } catch (cause) {
    logRepeated("warn", "subscriptions could not be saved", { error: cause });
  }
}

/** How a person watching a call appears to others. */
function toMember({ id, name, role }: Actor) {
  return { user_id: id, user_info: { name, role } };
}
