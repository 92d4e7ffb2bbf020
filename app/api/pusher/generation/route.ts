import { z } from "zod";
import { route } from "@/lib/http/server/route";
import { currentGeneration } from "@/lib/realtime/server/generation";

/** Knowing the generation gives no access. */
export const GET = route("GET", "/api/pusher/generation", {
  access: "calls.view",
  summary: "List the channels to join now",
  isForPagesOnly: true,
  answer: z.object({ generation: z.string() }),
  handle: async () => ({ generation: await currentGeneration() }),
});
