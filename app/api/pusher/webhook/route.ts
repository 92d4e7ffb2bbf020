import { after } from "next/server";
import { answerPusherWebhook } from "@/lib/realtime/server/pusher-webhook";

/** Which channels fill and empty, and who comes and goes, by Pusher's word. */
export async function POST(request: Request): Promise<Response> {
  const { response, later } = await answerPusherWebhook(request);
  after(later);
  return response;
}
