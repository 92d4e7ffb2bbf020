import { answerCapture } from "@/lib/events/server/capture";

type Context = RouteContext<"/api/calls/[callId]/capture">;

/** One call as a file that `npm run replay` takes: its bodies as JSON lines, without secrets. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { callId } = await params;
  return answerCapture(request, { callId });
}
