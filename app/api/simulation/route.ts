import { route } from "@/lib/http/server/route";
import { startSimulation } from "@/lib/simulation/server/start-simulation";

/** Only where Earshot runs beside a simulator, on somebody's own machine. */
export const POST = route("POST", "/api/simulation", {
  access: "alerts.act",
  summary: "Start a simulated call",
  isForPagesOnly: true,
  answer: null,
  handle: () => startSimulation(),
});
