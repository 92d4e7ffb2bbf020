import { authorize } from "@/lib/auth/server/authorize";
import { currentGeneration } from "@/lib/realtime/server/generation";

/** `{ generation }`: which channels to join now. To know it lets nobody in. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "calls.view");
  if (refused) return refused;
  const generation = await currentGeneration();
  return Response.json({ generation }, { headers: { "cache-control": "no-store" } });
}
