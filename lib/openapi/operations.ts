import { z } from "zod";
import { actRequestSchema } from "@/lib/alerts/act-request";
import { alertSchema } from "@/lib/alerts/alert";
import { alertFilterSchema, alertListSchema } from "@/lib/alerts/alert-list";
import { analyticsSchema } from "@/lib/analytics/analytics";
import { analyticsFilterSchema } from "@/lib/analytics/analytics-filter";
import { callDetailSchema } from "@/lib/calls/call-detail";
import { callFilterSchema } from "@/lib/calls/call-filter";
import { callListSchema } from "@/lib/calls/call-list";
import { conversationDetailSchema, conversationListSchema } from "@/lib/conversations/conversation";
import { conversationFilterSchema } from "@/lib/conversations/conversation-filter";
import { conversationPatchSchema } from "@/lib/conversations/conversation-patch";
import { newConversationSchema } from "@/lib/conversations/new-conversation-schema";
import { eventDetailSchema } from "@/lib/events/event-detail";
import { eventListSchema } from "@/lib/events/event-entry";
import { eventFilterSchema } from "@/lib/events/event-filter";
import { replayAnswerSchema } from "@/lib/events/replayed";
import { healthSchema } from "@/lib/health/health";
import { healthDetailSchema, healthPeriodSchema } from "@/lib/health/health-detail";
import type { Operation } from "@/lib/openapi/operation";
import { reportFilterSchema, reportQuerySchema } from "@/lib/reports/report-filter";
import { reportListSchema } from "@/lib/reports/report-row";
import { exportFormats } from "@/lib/reports/to-export";

const lines = (what: string) => ({
  type: "application/jsonl",
  description: `${what}, a JSON object a line.`,
});
const conversationAnswer = z.object({ conversation: conversationDetailSchema });
const ifMatch = z.object({
  "If-Match": z.string().describe("The version that was read, as its ETag says it."),
});

const calls: Operation[] = [
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
];

const alerts: Operation[] = [
  {
    path: "/api/alerts",
    method: "GET",
    summary: "Alerts: those open now, or all, newest first",
    query: alertFilterSchema,
    answer: alertListSchema,
  },
  {
    path: "/api/alerts/[alertId]/[act]",
    method: "POST",
    summary:
      "Acknowledge, assign, snooze, note or resolve; `kind` stands in the address, the rest in the body",
    body: { schema: actRequestSchema },
    answer: z.object({ alert: alertSchema }),
  },
];

const reports: Operation[] = [
  {
    path: "/api/reports",
    method: "GET",
    summary: "Calls that are over, with their reports",
    query: reportQuerySchema,
    answer: reportListSchema,
  },
  {
    path: "/api/reports/export",
    method: "GET",
    summary: "The filtered archive as a file",
    query: reportFilterSchema.extend({ format: z.enum(exportFormats) }),
    answer: {
      type: "text/csv",
      description: "Comma-separated values, or with `format=jsonl` a JSON object a line.",
    },
  },
  {
    path: "/api/analytics",
    method: "GET",
    summary: "How the calls of some days went, beside the days before",
    query: analyticsFilterSchema,
    answer: analyticsSchema,
  },
];

const conversations: Operation[] = [
  {
    path: "/api/conversations",
    method: "GET",
    summary: "Conversations, the latest active first",
    query: conversationFilterSchema,
    answer: conversationListSchema,
  },
  {
    path: "/api/conversations",
    method: "POST",
    summary: "Make a conversation: its webhook URL, and the block to paste into Vapi",
    body: { schema: newConversationSchema },
    answer: conversationAnswer,
    status: 201,
  },
  {
    path: "/api/conversations/[uuid]",
    method: "GET",
    summary: "One conversation with its context",
    answer: conversationAnswer,
  },
  {
    path: "/api/conversations/[uuid]",
    method: "PATCH",
    summary: "Change name, answer or context by a merge patch (RFC 7396); 412 when somebody was first",
    headers: ifMatch,
    body: { schema: conversationPatchSchema, type: "application/merge-patch+json" },
    answer: conversationAnswer,
  },
  {
    path: "/api/conversations/[uuid]",
    method: "DELETE",
    summary: "Delete a conversation with its calls",
    query: z.object({
      confirmation: z.string().describe("How many calls go, where there are any.").optional(),
    }),
    answer: z.object({ calls: z.int(), remaining: z.int() }),
  },
  {
    path: "/api/conversations/[uuid]/capture",
    method: "GET",
    summary: "All calls of a conversation as a file that `npm run replay` takes",
    answer: lines("Their bodies"),
  },
];

const events: Operation[] = [
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

const health: Operation[] = [
  {
    path: "/api/health",
    method: "GET",
    summary: "Whether Earshot can take events: 503 when it cannot",
    answer: healthSchema,
  },
  {
    path: "/api/health/detail",
    method: "GET",
    summary: "Reply times, rates, states and jobs",
    query: z.object({ period: healthPeriodSchema.default("hour") }),
    answer: healthDetailSchema,
  },
];

/** What of the HTTP API is meant for scripts. The pages use more, which may change with them. */
export const operations: readonly Operation[] = [
  ...calls,
  ...alerts,
  ...reports,
  ...conversations,
  ...events,
  ...health,
];
