import { after } from "next/server";
import { answerReplay } from "@/lib/events/server/replay";

type Context = RouteContext<"/api/calls/[callId]/replay">;

/** Reads all of a call's events once more with today's code: 200 `{ results }`, one for each, in their order. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { callId } = await params;
  const { response, later } = await answerReplay(request, { callId });
  after(later);
  return response;
}
