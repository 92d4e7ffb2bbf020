import * as z from "zod";
import { callDetailSchema } from "@/lib/calls/detail";
import { callExportSchema, callFilterSchema, callListSchema } from "@/lib/calls/list";
import { replayAnswerSchema } from "@/lib/events/event";
import type { Operation } from "@/lib/openapi/operation";
import { lines } from "@/lib/openapi/operation";
import { noteSchema, reviewChangeSchema, reviewSchema } from "@/lib/reports/review";

export const callsOperations: readonly Operation[] = [
  {
    path: "/api/calls",
    method: "GET",
    summary: "Calls, newest first",
    query: callFilterSchema,
    answer: callListSchema,
  },
  {
    path: "/api/calls/[callId]",
    method: "GET",
    summary: "One call with everything known of it",
    answer: callDetailSchema,
  },
  {
    path: "/api/calls/[callId]/replay",
    method: "POST",
    summary: "Read a call's events once more with today's code",
    answer: replayAnswerSchema,
  },
  {
    path: "/api/calls/[callId]/capture",
    method: "GET",
    summary: "A call as a file that `npm run replay` takes",
    answer: lines("The call's bodies"),
  },
  {
    path: "/api/calls/[callId]/export",
    method: "GET",
    summary: "One call as a file: JSON, or what was said as text",
    query: callExportSchema,
    answer: {
      type: "application/json",
      description: "All that is known of it; with `format=txt` plain text.",
    },
  },
  {
    path: "/api/calls/[callId]/recording",
    method: "GET",
    summary: "A call's sound; listening is written down",
    answer: { type: "audio/*", description: "The sound; ranges are answered." },
  },
  {
    path: "/api/calls/[callId]/review",
    method: "GET",
    summary: "Tags, score and notes of a call",
    answer: reviewSchema,
  },
  {
    path: "/api/calls/[callId]/review",
    method: "PUT",
    summary: "Set a call's tags, its score, or both",
    body: { schema: reviewChangeSchema },
    answer: reviewSchema,
  },
  {
    path: "/api/calls/[callId]/notes",
    method: "POST",
    summary: "Write a note on a call",
    body: { schema: noteSchema },
    answer: reviewSchema,
    status: 201,
  },
  {
    path: "/api/watchers",
    method: "GET",
    summary: "Who has which call open, by call id",
    answer: z.object({ watchers: z.record(z.string(), z.array(z.looseObject({}))) }),
  },
  {
    path: "/api/pulse",
    method: "GET",
    summary: "How the last hour went, and the one before",
    answer: z.looseObject({}),
  },
];
