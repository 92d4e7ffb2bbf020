import { z } from "zod";
import { db } from "@/db/client";
import { measureRouting } from "@/db/queries/routed";
import { route } from "@/lib/http/server/route";
import { routingLatencySchema } from "@/lib/routing/latency";

export const GET = route("GET", "/api/routing/latency", {
  access: "calls.view",
  summary: "Get response times of recent assistant-requests",
  answer: z.object({ latency: routingLatencySchema }),
  handle: async () => ({ latency: await measureRouting(db) }),
});
