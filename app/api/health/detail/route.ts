import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { healthPeriodSchema } from "@/lib/health/detail";
import { getHealthDetail } from "@/lib/health/server/health";
import { problem } from "@/lib/http/server/http";

/** How Earshot is doing: `?period=hour|day`. `/api/health` says whether it takes events, to anybody. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "health.view");
  if (refused) return refused;
  const period = healthPeriodSchema.safeParse(new URL(request.url).searchParams.get("period") ?? "hour");
  if (!period.success) return problem(422, "Invalid period", "It is hour or day.");
  return Response.json(await getHealthDetail(db, period.data), { headers: { "cache-control": "no-store" } });
}
