import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import { problem } from "@/lib/http/problem";
import { readText } from "@/lib/http/read-body";
import { pusherClient } from "@/lib/realtime/pusher-client";

/** What pusher-js posts, as a form, before it signs its connection in. */
const formSchema = z.object({ socket_id: z.string().regex(/^\d+\.\d+$/) });

/**
 * Says whose connection it is, so that it can be cut when they may listen no more.
 * @see https://pusher.com/docs/channels/server_api/authenticating-users/
 */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const body = await readText(request);
  if (body.refused) return body.refused;
  const form = formSchema.safeParse(Object.fromEntries(new URLSearchParams(body.text)));
  if (!form.success) return problem(422, "Invalid", "Send socket_id as a form.");
  return Response.json(pusherClient.authenticateUser(form.data.socket_id, { id: actor.id }), {
    headers: { "cache-control": "no-store" },
  });
}
