import { after } from "next/server";
import { problem } from "@/lib/http/problem";
import { noteWatchers } from "@/lib/realtime/note-watchers";
import { tellOccupancy } from "@/lib/realtime/occupancy";
import { readPusherWebhook } from "@/lib/realtime/read-pusher-webhook";

/** Pusher tells which channels fill and empty, and who comes and goes; signed with our app's secret. */
export async function POST(request: Request): Promise<Response> {
  const told = readPusherWebhook(request.headers, await request.text());
  if (!told) return problem(401, "Not let in", "The signature is not that of our Pusher app.");
  await tellOccupancy(told.channels);
  after(noteWatchers(told.members));
  return Response.json({});
}
