import { db } from "@/db/client";
import { readSetting } from "@/db/queries/settings";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { readJson } from "@/lib/http/server/http";
import { mailSettings, mailSettingsSchema } from "@/lib/tools/mail-settings";
import { setMailSettings } from "@/lib/tools/server/mail";

/** `{ domains, templates }`: whom assistants may write to, and what. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  return Response.json(await readSetting(db, mailSettings));
}

export async function PUT(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, mailSettingsSchema);
  if (body.refused) return body.refused;
  await setMailSettings(db, body.value, auditedBy(actor, request));
  return new Response(null, { status: 204 });
}
