import { z } from "zod";
import { db } from "@/db/client";
import { changeTags } from "@/db/queries/reports/review";
import { route } from "@/lib/http/server/route";
import { bulkTagsSchema } from "@/lib/reports/review";

/** `{ calls }`: the number of calls found. */
export const POST = route("POST", "/api/reports/tags", {
  access: "calls.review",
  summary: "Add or remove tags on several calls at once",
  body: bulkTagsSchema,
  answer: z.object({ calls: z.int() }),
  handle: async ({ body: { ids, add, remove } }) => ({ calls: await changeTags(db, ids, add, remove) }),
});
