import { z } from "zod";
import { db } from "@/db/client";
import { listEvents } from "@/db/queries/events/read";
import { authorize } from "@/lib/auth/server/authorize";
import { eventFilterSchema } from "@/lib/events/event";
import { problem } from "@/lib/http/server/http";

/** `{ events, nextCursor }`: deliveries, newest first: `?type&outcome&callId&conversation&last&from&to&cursor&limit`. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "events.view");
  if (refused) return refused;
  const filter = eventFilterSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!filter.success) return problem(422, "Invalid filter", z.prettifyError(filter.error));
  return Response.json(await listEvents(db, filter.data), { headers: { "cache-control": "no-store" } });
}
