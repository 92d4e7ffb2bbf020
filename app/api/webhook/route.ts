import { after } from "next/server";
import { answerDelivery } from "@/lib/webhook/server/receive";

/** Vapi's Server URL without a uuid: each call is its own conversation. */
export async function POST(request: Request) {
  const { response, later } = await answerDelivery(request, null);
  after(later);
  return response;
}
