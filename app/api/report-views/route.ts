import { db } from "@/db/client";
import { mostViews, saveReportView } from "@/db/queries/reports/views";
import { can } from "@/lib/auth/permissions";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { newReportViewSchema, reportViewsSchema } from "@/lib/reports/columns";
import { viewReportViews } from "@/lib/reports/server/view";

/** Of a person their own, too. */
export const GET = route("GET", "/api/report-views", {
  access: "calls.view",
  summary: "The views of the archive that are shared",
  answer: reportViewsSchema,
  handle: async ({ actor }) => ({ views: await viewReportViews(db, actor) }),
});

export const POST = route("POST", "/api/report-views", {
  access: "calls.view",
  summary: "Keep a view of the archive",
  isForPagesOnly: true,
  body: newReportViewSchema,
  answer: reportViewsSchema,
  status: 201,
  async handle({ actor, body }) {
    if (actor.kind !== "person")
      return problem(409, "Not a person", "Views belong to people; a key has none.");
    if (body.isShared && !can(actor.role, "calls.review"))
      return problem(403, "Not allowed", `The role ${actor.role} does not allow sharing filters. Ask an admin.`);
    if (!(await saveReportView(db, actor.id, body))) {
      const detail = `${mostViews} views are as many as there can be. Delete one first.`;
      return problem(409, "Too many views", detail);
    }
    return { views: await viewReportViews(db, actor) };
  },
});
