import { z } from "zod";
import { db } from "@/db/client";
import { listAudit } from "@/db/queries/audit";
import { auditFilterSchema } from "@/lib/audit/audit";
import { authorize } from "@/lib/auth/server/authorize";
import { problem } from "@/lib/http/server/http";

const pageSize = 100;

/** `{ entries, nextBefore }`: the newest that fit the filter; give `before=<nextBefore>` for the page after. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "audit.view");
  if (refused) return refused;
  const filter = auditFilterSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!filter.success) return problem(422, "Invalid filter", z.prettifyError(filter.error));
  const entries = await listAudit(db, filter.data, pageSize);
  const nextBefore = entries.length === pageSize ? (entries.at(-1)?.id ?? null) : null;
  return Response.json({ entries, nextBefore });
}
