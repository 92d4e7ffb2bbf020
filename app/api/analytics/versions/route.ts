import { readDb } from "@/db/client";
import { getVersionComparison } from "@/lib/analytics/server/versions";
import { versionComparisonSchema, versionFilterSchema } from "@/lib/analytics/versions";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/analytics/versions", {
  access: "calls.view",
  summary: "How two versions of an assistant compare, with intervals that hold whenever one looks",
  query: versionFilterSchema,
  answer: versionComparisonSchema,
  handle: ({ query }) => getVersionComparison(readDb, query),
});
