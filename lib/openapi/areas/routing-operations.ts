import * as z from "zod";
import type { Operation } from "@/lib/openapi/operation";
import { listOf } from "@/lib/openapi/operation";
import { routingLatencySchema } from "@/lib/routing/latency";
import { dryRunSchema } from "@/lib/routing/request";
import { routingChangeSchema } from "@/lib/routing/routing";

export const routingOperations: readonly Operation[] = [
  {
    path: "/api/routing",
    method: "GET",
    summary: "Who takes which call",
    answer: z.object({ routing: z.looseObject({}) }),
  },
  {
    path: "/api/routing",
    method: "PUT",
    summary: "Set all the rules; 409 when somebody has changed them since",
    body: { schema: routingChangeSchema },
    answer: z.object({ routing: z.looseObject({}) }),
  },
  {
    path: "/api/routing/dry-run",
    method: "POST",
    summary: "Who would take a call, and why; changes nothing",
    body: { schema: dryRunSchema },
    answer: z.looseObject({}),
  },
  {
    path: "/api/routing/requests",
    method: "GET",
    summary: "The newest assistant-requests, who answered each, and when",
    answer: listOf("requests"),
  },
  {
    path: "/api/routing/latency",
    method: "GET",
    summary: "How long assistant-requests of the last minutes took",
    answer: z.object({ latency: routingLatencySchema }),
  },
];
