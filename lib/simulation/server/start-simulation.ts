import "server-only";
import { env } from "@/lib/env";
import { problem } from "@/lib/http/server/http";
import { log } from "@/lib/log";

const timeoutMs = 2_000;

/** Requests one call from the simulator that the local scripts run next to Earshot. */
export async function startSimulation(): Promise<Response> {
  if (!env.SIMULATOR_URL)
    return problem(
      404,
      "No simulator",
      "Simulated calls can only be started when Earshot runs on your own computer.",
    );
  try {
    const { ok } = await fetch(env.SIMULATOR_URL, {
      method: "POST",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (ok) return new Response(null, { status: 202 });
  } catch (cause) {
    log("warn", "the simulator does not answer", { error: cause });
  }
  return problem(502, "No answer", "The simulator is not responding. Restart Earshot.");
}
