import { db } from "@/db/client";
import { applyAnswerSchema, applySchema } from "@/lib/connect/connection";
import { applyChanges } from "@/lib/connect/server/apply";
import { route } from "@/lib/http/server/route";

export const POST = route("POST", "/api/connect/apply", {
  access: "settings.manage",
  summary: "Apply selected changes in Vapi and watch the changed resources for drift",
  body: applySchema,
  answer: applyAnswerSchema,
  handle: async ({ body, by }) => ({ results: await applyChanges(db, body, by) }),
});
