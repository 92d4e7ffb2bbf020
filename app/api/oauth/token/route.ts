import { after } from "next/server";
import { answerTokenRequest } from "@/lib/credentials/server/answer-token-request";
import { inRequest } from "@/lib/request-id";

/** Issues Vapi's tokens for OAuth 2 credentials. */
export async function POST(request: Request): Promise<Response> {
  const { response, later } = await inRequest(request, () => answerTokenRequest(request));
  after(later);
  return response;
}
