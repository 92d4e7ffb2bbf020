import { after } from "next/server";
import { answerReplay } from "@/lib/events/server/replay";

type Context = RouteContext<"/api/events/[eventKey]/replay">;

/** Reads one event of the log once more with today's code: 200 `{ results: [what came of it] }`. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { eventKey } = await params;
  const { response, later } = await answerReplay(request, { eventKey });
  after(later);
  return response;
}
