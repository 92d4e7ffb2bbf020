import { db } from "@/db/client";
import { readSetting } from "@/db/queries/settings";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { readJson } from "@/lib/http/server/http";
import { transferDefaultsSchema, transferDefaultsSetting } from "@/lib/routing/routing";
import { setTransferDefaults } from "@/lib/routing/server/manage";

/** Where calls go when nothing else says: `{ transferTo, handoffTo }`. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  return Response.json(await readSetting(db, transferDefaultsSetting));
}

/** Sets where calls go when nothing else says. */
export async function PUT(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, transferDefaultsSchema);
  if (body.refused) return body.refused;
  await setTransferDefaults(db, body.value, auditedBy(actor, request));
  return new Response(null, { status: 204 });
}
