import { db } from "@/db/client";
import { deleteReportView } from "@/db/queries/reports/views";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";
import { reportViewsSchema } from "@/lib/reports/columns";
import { viewReportViews } from "@/lib/reports/server/view";

export const DELETE = route("DELETE", "/api/report-views/[viewId]", {
  access: "calls.view",
  summary: "Delete your own saved filter",
  isForPagesOnly: true,
  params: { viewId: uuidSchema },
  answer: reportViewsSchema,
  notFound: { detail: "You have no saved filter with this ID." },
  async handle({ actor, params, notFound }) {
    if (!(await deleteReportView(db, actor.id, params.viewId))) return notFound();
    return { views: await viewReportViews(db, actor) };
  },
});
