import { db } from "@/db/client";
import { connectStateSchema } from "@/lib/connect/connection";
import { checkConnections } from "@/lib/connect/server/drift";
import { readConnectState } from "@/lib/connect/server/survey";
import { route } from "@/lib/http/server/route";

export const POST = route("POST", "/api/connect/check", {
  access: "settings.manage",
  summary: "Compare connected resources with Vapi now instead of at the next hourly check",
  answer: connectStateSchema,
  async handle() {
    await checkConnections(db);
    return readConnectState(db);
  },
});
