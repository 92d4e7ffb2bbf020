import { db } from "@/db/client";
import { callFilterSchema, callListSchema } from "@/lib/calls/list";
import { route } from "@/lib/http/server/route";
import { viewCalls } from "@/lib/privacy/server/view-calls";

export const GET = route("GET", "/api/calls", {
  access: "calls.view",
  summary: "List calls, newest first",
  query: callFilterSchema,
  answer: callListSchema,
  handle: ({ query, actor }) => viewCalls(db, actor, query),
});
