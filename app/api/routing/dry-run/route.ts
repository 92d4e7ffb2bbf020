import { db } from "@/db/client";
import { route } from "@/lib/http/server/route";
import { anyObject } from "@/lib/openapi/operation";
import { dryRunSchema } from "@/lib/routing/request";
import { tryRouting } from "@/lib/routing/server/manage";

/** Includes the exact JSON that Vapi would get. */
export const POST = route("POST", "/api/routing/dry-run", {
  access: "settings.manage",
  summary: "Which answer a call would get, and why; changes nothing",
  body: dryRunSchema,
  answer: anyObject,
  handle: ({ body }) => tryRouting(db, body),
});
