import { db } from "@/db/client";
import { deleteReportView } from "@/db/queries/reports/views";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";
import { reportViewsSchema } from "@/lib/reports/columns";
import { viewReportViews } from "@/lib/reports/server/view";

export const DELETE = route("DELETE", "/api/report-views/[viewId]", {
  access: "calls.view",
  summary: "Forget one's own view",
  isForPagesOnly: true,
  params: { viewId: uuidSchema },
  answer: reportViewsSchema,
  notFound: { detail: "There is no view of yours with this id." },
  async handle({ actor, params, notFound }) {
    if (!(await deleteReportView(db, actor.id, params.viewId))) return notFound();
    return { views: await viewReportViews(db, actor) };
  },
});
