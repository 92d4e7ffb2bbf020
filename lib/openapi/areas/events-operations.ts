import {
  eventDetailSchema,
  eventFilterSchema,
  eventListSchema,
  replayAnswerSchema,
} from "@/lib/events/event";
import type { Operation } from "@/lib/openapi/operation";

export const eventsOperations: readonly Operation[] = [
  {
    path: "/api/events",
    method: "GET",
    summary: "The event log: every delivery, newest first",
    query: eventFilterSchema,
    answer: eventListSchema,
  },
  {
    path: "/api/events/[eventKey]",
    method: "GET",
    summary: "One delivery with all that is kept of it",
    answer: eventDetailSchema,
  },
  {
    path: "/api/events/[eventKey]/replay",
    method: "POST",
    summary: "Read one delivery once more with today's code",
    answer: replayAnswerSchema,
  },
];
