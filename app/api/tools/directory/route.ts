import { db } from "@/db/client";
import { listEntries } from "@/db/queries/directory";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { newEntrySchema } from "@/lib/directory/directory";
import { addEntry } from "@/lib/directory/server/directory";
import { problem, readJson } from "@/lib/http/server/http";

/** `{ entries }`: the teams a call can be transferred to. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "tools.view");
  if (refused) return refused;
  return Response.json({ entries: await listEntries(db) });
}

/** Adds a team: 201 `{ id }`. */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, newEntrySchema);
  if (body.refused) return body.refused;
  const id = await addEntry(db, body.value, auditedBy(actor, request));
  return id === null
    ? problem(409, "Name taken", "There is a team of this name.")
    : Response.json({ id }, { status: 201 });
}
