import { z } from "zod";
import { db } from "@/db/client";
import { changeTarget, deleteTarget } from "@/lib/forwarding/server/manage";
import { targetChangeSchema } from "@/lib/forwarding/target";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";

const path = "/api/forwarding-targets/[targetId]";
const params = { targetId: uuidSchema };
const notFound = { detail: "Target not found." };

export const PATCH = route("PATCH", path, {
  access: "settings.manage",
  summary: "Change or pause a forwarding target; `rotates` creates a new `key`, only shown in this response",
  params,
  body: targetChangeSchema,
  answer: z.object({ key: z.string().nullable() }),
  notFound,
  async handle({ params, body, by, notFound }) {
    const changed = await changeTarget(db, params.targetId, body, by);
    switch (changed.outcome) {
      case "changed":
        return { key: changed.key };
      case "not-found":
        return notFound();
      case "no-mapping":
        return problem(422, "Invalid body", "Add a mapping.");
    }
  },
});

export const DELETE = route("DELETE", path, {
  access: "settings.manage",
  summary: "Delete a forwarding target with its pending deliveries and its log",
  params,
  answer: null,
  notFound,
  handle: async ({ params, by, notFound }) =>
    (await deleteTarget(db, params.targetId, by)) ? null : notFound(),
});
