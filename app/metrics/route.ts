import { db } from "@/db/client";
import { readMetrics } from "@/lib/health/server/metrics";
import { route } from "@/lib/http/server/route";

/** Only this route loads the metrics library. */
export const GET = route("GET", "/metrics", {
  access: "health.view",
  summary: "Get Prometheus metrics: calls, events, response times, queues, alerts, failures",
  answer: { type: "text/plain", description: "Prometheus text format." },
  async handle() {
    const { text, contentType } = await readMetrics(db);
    return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
  },
});
