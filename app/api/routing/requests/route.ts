import { db } from "@/db/client";
import { listRouted } from "@/db/queries/routed";
import { route } from "@/lib/http/server/route";
import { listOf } from "@/lib/openapi/operation";

const limit = 200;

/** Times are in ms from arrival. */
export const GET = route("GET", "/api/routing/requests", {
  access: "settings.manage",
  summary: "List recent assistant-requests with their answers and response times",
  answer: listOf("requests"),
  handle: async () => ({ requests: await listRouted(db, limit) }),
});
