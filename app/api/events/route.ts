import { db } from "@/db/client";
import { listEvents } from "@/db/queries/events/read";
import { eventFilterSchema, eventListSchema } from "@/lib/events/event";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/events", {
  access: "events.view",
  summary: "List events (webhook deliveries), newest first",
  query: eventFilterSchema,
  answer: eventListSchema,
  handle: ({ query }) => listEvents(db, query),
});
