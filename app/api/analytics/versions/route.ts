import { readDb } from "@/db/client";
import { getVersionComparison } from "@/lib/analytics/server/versions";
import { versionComparisonSchema, versionFilterSchema } from "@/lib/analytics/versions";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/analytics/versions", {
  access: "calls.view",
  summary: "Compare two versions of an assistant, with always-valid intervals",
  query: versionFilterSchema,
  answer: versionComparisonSchema,
  handle: ({ query }) => getVersionComparison(readDb, query),
});
