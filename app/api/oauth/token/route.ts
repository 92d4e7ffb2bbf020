import { after } from "next/server";
import { answerTokenRequest } from "@/lib/credentials/server/answer-token-request";
import { inRequest } from "@/lib/request-id";

/** Where Vapi gets its tokens when a credential is of OAuth 2. */
export async function POST(request: Request): Promise<Response> {
  const { response, later } = await inRequest(request, () => answerTokenRequest(request));
  after(later);
  return response;
}
