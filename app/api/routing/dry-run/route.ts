import { db } from "@/db/client";
import { route } from "@/lib/http/server/route";
import { anyObject } from "@/lib/openapi/operation";
import { dryRunSchema } from "@/lib/routing/request";
import { tryRouting } from "@/lib/routing/server/manage";

/** Includes the exact JSON that Vapi would get. */
export const POST = route("POST", "/api/routing/dry-run", {
  access: "settings.manage",
  summary: "Dry-run call routing: which answer a call would get, and why",
  body: dryRunSchema,
  answer: anyObject,
  handle: ({ body }) => tryRouting(db, body),
});
