import { db } from "@/db/client";
import { connectStateSchema } from "@/lib/connect/connection";
import { readConnectState } from "@/lib/connect/server/survey";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/connect", {
  access: "settings.manage",
  summary: "Assistants, squads, numbers and tools in Vapi, with what keeps each off the board",
  answer: connectStateSchema,
  handle: () => readConnectState(db),
});
