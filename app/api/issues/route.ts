import * as z from "zod";
import { db } from "@/db/client";
import { listIssues } from "@/db/queries/issues";
import { route } from "@/lib/http/server/route";
import { issueSchema } from "@/lib/issues/issue";

export const GET = route("GET", "/api/issues", {
  access: "calls.view",
  summary: "List unresolved or all issues from Vapi's monitoring, newest first",
  query: z.object({ state: z.enum(["open", "all"]).default("open") }),
  answer: z.object({ issues: z.array(issueSchema) }),
  handle: async ({ query }) => ({ issues: await listIssues(db, query.state) }),
});
