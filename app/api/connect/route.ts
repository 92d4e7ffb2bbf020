import { db } from "@/db/client";
import { connectStateSchema } from "@/lib/connect/connection";
import { readConnectState } from "@/lib/connect/server/survey";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/connect", {
  access: "settings.manage",
  summary: "List assistants, squads, numbers and tools in Vapi, with the setup problems of each",
  answer: connectStateSchema,
  handle: () => readConnectState(db),
});
