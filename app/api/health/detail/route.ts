import { z } from "zod";
import { db } from "@/db/client";
import { healthDetailSchema, healthPeriodSchema } from "@/lib/health/detail";
import { getHealthDetail } from "@/lib/health/server/health";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/health/detail", {
  access: "health.view",
  summary: "Get response times, rates, states and jobs",
  query: z.object({ period: healthPeriodSchema.default("hour") }),
  answer: healthDetailSchema,
  handle: ({ query }) => getHealthDetail(db, query.period),
});
