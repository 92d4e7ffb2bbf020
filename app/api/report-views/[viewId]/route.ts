import { z } from "zod";
import { db } from "@/db/client";
import { deleteReportView } from "@/db/queries/reports/views";
import { authorize } from "@/lib/auth/server/authorize";
import { problem } from "@/lib/http/server/http";
import { viewReportViews } from "@/lib/reports/server/view";

/** Forgets one's own view. */
export async function DELETE(
  request: Request,
  { params }: RouteContext<"/api/report-views/[viewId]">,
): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  const id = z.uuid().safeParse((await params).viewId);
  if (!id.success || !(await deleteReportView(db, actor.id, id.data)))
    return problem(404, "Not found", "There is no view of yours with this id.");
  return Response.json({ views: await viewReportViews(db, actor) });
}
