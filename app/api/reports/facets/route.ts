import { readDb } from "@/db/client";
import { route } from "@/lib/http/server/route";
import { reportFacetsSchema } from "@/lib/reports/filter";
import { viewFacets } from "@/lib/reports/server/view";

export const GET = route("GET", "/api/reports/facets", {
  access: "calls.view",
  summary: "List the values reports can be filtered by",
  answer: reportFacetsSchema,
  handle: ({ actor }) => viewFacets(readDb, actor),
});
