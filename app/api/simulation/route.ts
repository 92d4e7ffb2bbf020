import { route } from "@/lib/http/server/route";
import { startSimulation } from "@/lib/simulation/server/start-simulation";

/** Only where Earshot runs with a simulator, on a developer's machine. */
export const POST = route("POST", "/api/simulation", {
  access: "alerts.act",
  summary: "Start a simulated call",
  isForPagesOnly: true,
  answer: null,
  handle: () => startSimulation(),
});
