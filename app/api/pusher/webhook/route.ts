import { after } from "next/server";
import { answerPusherWebhook } from "@/lib/realtime/server/pusher-webhook";
import { inRequest } from "@/lib/request-id";

/** Receives Pusher's webhooks about channels that become occupied or vacant, and members who join or leave. */
export async function POST(request: Request): Promise<Response> {
  const { response, later } = await inRequest(request, () => answerPusherWebhook(request));
  after(later);
  return response;
}
