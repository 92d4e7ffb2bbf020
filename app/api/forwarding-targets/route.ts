import { z } from "zod";
import { db } from "@/db/client";
import { listTargets } from "@/db/queries/forwarding/targets";
import { createTarget } from "@/lib/forwarding/server/manage";
import { newTargetSchema, targetSchema } from "@/lib/forwarding/target";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/forwarding-targets", {
  access: "settings.manage",
  summary: "List forwarding targets, without secrets",
  answer: z.object({ targets: z.array(targetSchema) }),
  handle: async () => ({ targets: await listTargets(db) }),
});

export const POST = route("POST", "/api/forwarding-targets", {
  access: "settings.manage",
  summary: "Add a forwarding target; its signing `key` is only shown in this response",
  body: newTargetSchema,
  answer: z.object({ id: z.uuid(), key: z.string() }),
  status: 201,
  handle: ({ body, by }) => createTarget(db, body, by),
});
