import { db } from "@/db/client";
import { getEvent } from "@/db/queries/events/read";
import { eventDetailSchema } from "@/lib/events/event";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";

export const GET = route("GET", "/api/events/[eventKey]", {
  access: "events.view",
  summary: "Get an event with all its stored details",
  params: { eventKey: uuidSchema },
  answer: eventDetailSchema,
  notFound: { title: "No such event", detail: "It never arrived, or is no longer stored." },
  handle: async ({ params, notFound }) => (await getEvent(db, params.eventKey)) ?? notFound(),
});
