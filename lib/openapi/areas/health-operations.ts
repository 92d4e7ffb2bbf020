import * as z from "zod";
import { healthDetailSchema, healthPeriodSchema, setAsideRetrySchema } from "@/lib/health/detail";
import { healthSchema } from "@/lib/health/health";
import type { Operation } from "@/lib/openapi/operation";

export const healthOperations: readonly Operation[] = [
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
  {
    path: "/api/health/set-aside/retry",
    method: "POST",
    summary: "Retry an item that a job has set aside",
    body: { schema: setAsideRetrySchema },
    answer: null,
    status: 204,
  },
];
