import { db } from "@/db/client";
import { listRefusals } from "@/db/queries/refusals";
import { route } from "@/lib/http/server/route";
import { listOf } from "@/lib/openapi/operation";

const limit = 100;

/** Grouped by what they have in common, and counted. */
export const GET = route("GET", "/api/refusals", {
  access: "credentials.manage",
  summary: "List rejected requests, newest first",
  answer: listOf("refusals"),
  handle: async () => ({ refusals: await listRefusals(db, limit) }),
});
