import { z } from "zod";
import { db } from "@/db/client";
import { changeTags } from "@/db/queries/reports/review";
import { route } from "@/lib/http/server/route";
import { bulkTagsSchema } from "@/lib/reports/review";

/** `{ calls }`: how many there were. */
export const POST = route("POST", "/api/reports/tags", {
  access: "calls.review",
  summary: "Tag several calls at once, or take tags off them",
  body: bulkTagsSchema,
  answer: z.object({ calls: z.int() }),
  handle: async ({ body: { ids, add, remove } }) => ({ calls: await changeTags(db, ids, add, remove) }),
});
