import { after } from "next/server";
import { answerDelivery } from "@/lib/webhook/server/receive";

/** Vapi's Server URL for one conversation. */
export async function POST(request: Request, { params }: RouteContext<"/api/webhook/[conversationUuid]">) {
  const { conversationUuid } = await params;
  const { response, later } = await answerDelivery(request, conversationUuid);
  after(later);
  return response;
}
