import { authorize } from "@/lib/auth/server/authorize";
import { startSimulation } from "@/lib/simulation/server/start-simulation";

/** Lets a simulated caller ring: 202. Only where Earshot runs beside a simulator, on somebody's own machine. */
export async function POST(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "alerts.act");
  return refused ?? startSimulation();
}
