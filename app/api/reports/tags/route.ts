import { z } from "zod";
import { db } from "@/db/client";
import { changeTags } from "@/db/queries/reports/review";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { bulkTagsSchema, mostTags } from "@/lib/reports/review";

/** `{ calls }`: the number of calls found. 409 when a call would have too many tags; then none has changed. */
export const POST = route("POST", "/api/reports/tags", {
  access: "calls.review",
  summary: "Add or remove tags on several calls at once",
  body: bulkTagsSchema,
  answer: z.object({ calls: z.int() }),
  handle: async ({ body: { ids, add, remove } }) => {
    const calls = await changeTags(db, ids, add, remove);
    if (calls === null)
      return problem(409, "Too many tags", `A call can have at most ${mostTags} tags. Remove one first.`);
    return { calls };
  },
});
