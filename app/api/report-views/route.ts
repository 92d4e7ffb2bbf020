import { db } from "@/db/client";
import { mostViews, saveReportView } from "@/db/queries/reports/views";
import { can } from "@/lib/auth/permissions";
import { authorize } from "@/lib/auth/server/authorize";
import { problem, readJson } from "@/lib/http/server/http";
import { newReportViewSchema } from "@/lib/reports/columns";
import { viewReportViews } from "@/lib/reports/server/view";

/** `{ views }`: one's own and the shared ones. */
export async function GET(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  return Response.json(
    { views: await viewReportViews(db, actor) },
    { headers: { "cache-control": "no-store" } },
  );
}

/** Keeps one. */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "calls.view");
  if (refused) return refused;
  if (actor.kind !== "person") return problem(409, "Not a person", "Views belong to people; a key has none.");
  const body = await readJson(request, newReportViewSchema);
  if (body.refused) return body.refused;
  if (body.value.isShared && !can(actor.role, "calls.review"))
    return problem(403, "Not allowed", `To share a view takes more than the role ${actor.role}.`);
  if (!(await saveReportView(db, actor.id, body.value)))
    return problem(
      409,
      "Too many views",
      `${mostViews} views are as many as there can be. Delete one first.`,
    );
  return Response.json({ views: await viewReportViews(db, actor) }, { status: 201 });
}
