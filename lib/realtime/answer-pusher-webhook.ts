import "server-only";
import { problem } from "@/lib/http/server/http";
import { readText } from "@/lib/http/server/read-body";
import { noteWatchers } from "@/lib/realtime/note-watchers";
import { tellOccupancy } from "@/lib/realtime/occupancy";
import { readPusherWebhook } from "@/lib/realtime/read-pusher-webhook";

/**
 * Pusher tells which channels fill and empty, and who comes and goes; signed with our app's secret. `later`: what goes on
 * after the answer has left; never rejects.
 */
export async function answerPusherWebhook(
  request: Request,
): Promise<{ response: Response; later: Promise<void> }> {
  const body = await readText(request);
  if (body.refused) return { response: body.refused, later: Promise.resolve() };
  const told = readPusherWebhook(request.headers, body.text);
  if (!told) {
    const response = problem(401, "Not let in", "The signature is not that of our Pusher app.");
    return { response, later: Promise.resolve() };
  }
  await tellOccupancy(told.channels);
  return { response: Response.json({}), later: noteWatchers(told.members) };
}
