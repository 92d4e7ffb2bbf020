import { healthSchema } from "@/lib/health/health";
import { checkHealth } from "@/lib/health/server/health";
import { route } from "@/lib/http/server/route";

/** Contains no call data. */
export const GET = route("GET", "/api/health", {
  access: "public",
  summary: "Check whether Earshot can accept events; 503 if not",
  answer: healthSchema,
  async handle() {
    const health = await checkHealth();
    return Response.json(health, {
      status: health.database === "up" ? 200 : 503,
      headers: { "cache-control": "no-store" },
    });
  },
});
