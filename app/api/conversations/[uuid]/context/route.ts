import { after } from "next/server";
import { answerReplacement } from "@/lib/conversations/server/http";

type Context = RouteContext<"/api/conversations/[uuid]/context">;

/** A whole new context in place of the one there is: 200 `{ conversation }`; 412 when somebody was first. */
export async function PUT(request: Request, { params }: Context): Promise<Response> {
  const { response, later } = await answerReplacement(request, (await params).uuid);
  after(later);
  return response;
}
