import { db } from "@/db/client";
import { mostViews, saveReportView } from "@/db/queries/reports/views";
import { can } from "@/lib/auth/permissions";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { newReportViewSchema, reportViewsSchema } from "@/lib/reports/columns";
import { viewReportViews } from "@/lib/reports/server/view";

/** For a person, their own filters are included. */
export const GET = route("GET", "/api/report-views", {
  access: "calls.view",
  summary: "List your own and shared saved filters",
  answer: reportViewsSchema,
  handle: async ({ actor }) => ({ views: await viewReportViews(db, actor) }),
});

export const POST = route("POST", "/api/report-views", {
  access: "calls.view",
  summary: "Save a filter",
  isForPagesOnly: true,
  body: newReportViewSchema,
  answer: reportViewsSchema,
  status: 201,
  async handle({ actor, body }) {
    if (actor.kind !== "person")
      return problem(409, "Not for API keys", "Saved filters belong to people. An API key has none.");
    if (body.isShared && !can(actor.role, "calls.review"))
      return problem(403, "Not allowed", `The role ${actor.role} cannot share saved filters.`);
    if (!(await saveReportView(db, actor.id, body))) {
      const detail = `There are already ${mostViews} saved filters. Delete one first.`;
      return problem(409, "Too many saved filters", detail);
    }
    return { views: await viewReportViews(db, actor) };
  },
});
