import { after } from "next/server";
import { answerPusherWebhook } from "@/lib/realtime/server/pusher-webhook";
import { inRequest } from "@/lib/request-id";

/** Which channels fill and empty, and who comes and goes, by Pusher's word. */
export async function POST(request: Request): Promise<Response> {
  const { response, later } = await inRequest(request, () => answerPusherWebhook(request));
  after(later);
  return response;
}
