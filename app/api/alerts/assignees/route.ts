import { z } from "zod";
import { db } from "@/db/client";
import { listAssignees } from "@/db/queries/alerts/write";
import { actorSchema } from "@/lib/alerts/alert";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/alerts/assignees", {
  access: "alerts.act",
  summary: "List people an alert can be assigned to",
  answer: z.object({ people: z.array(actorSchema) }),
  handle: async () => ({ people: await listAssignees(db) }),
});
