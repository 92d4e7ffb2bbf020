import { answerCapture } from "@/lib/events/server/capture";
import { readUuid } from "@/lib/read-uuid";

type Context = RouteContext<"/api/conversations/[uuid]/capture">;

const nowhere = "00000000-0000-0000-0000-000000000000";

/** All calls of a conversation as a file that `npm run replay` takes: their bodies as JSON lines, without secrets. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { uuid } = await params;
  const conversationId = readUuid(uuid) ?? nowhere;
  return answerCapture(request, { conversationId });
}
