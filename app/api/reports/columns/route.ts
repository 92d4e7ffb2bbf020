import { db } from "@/db/client";
import { writeReportColumns } from "@/db/queries/reports/views";
import { authorize } from "@/lib/auth/server/authorize";
import { problem, readJson } from "@/lib/http/server/http";
import { reportColumnsSchema } from "@/lib/reports/columns";

/** Which columns of the archive a person wants to see, wherever they sign in. */
export async function PUT(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "account.own");
  if (refused) return refused;
  if (actor.kind !== "person")
    return problem(409, "Not a person", "Only people look at tables; a key has none.");
  const body = await readJson(request, reportColumnsSchema);
  if (body.refused) return body.refused;
  await writeReportColumns(db, actor.id, body.value.columns);
  return new Response(null, { status: 204 });
}
