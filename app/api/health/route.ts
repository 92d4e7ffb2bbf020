import { checkHealth } from "@/lib/health/server/health";

/** Whether Earshot can take events: 503 when it cannot. Public, and says nothing of any call. */
export async function GET() {
  const health = await checkHealth();
  return Response.json(health, {
    status: health.database === "up" ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
