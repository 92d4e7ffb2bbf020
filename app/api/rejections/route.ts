import { db } from "@/db/client";
import { listRejections } from "@/db/queries/rejections";
import { route } from "@/lib/http/server/route";
import { listOf } from "@/lib/openapi/operation";

const limit = 100;

/** Grouped by what they have in common, and counted. */
export const GET = route("GET", "/api/rejections", {
  access: "credentials.manage",
  summary: "List rejected requests, newest first",
  answer: listOf("rejections"),
  handle: async () => ({ rejections: await listRejections(db, limit) }),
});
