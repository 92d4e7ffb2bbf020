import { db } from "@/db/client";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { addressChangeSchema } from "@/lib/credentials/credential";
import { setWebhookAddresses } from "@/lib/credentials/server/manage";
import { readJson } from "@/lib/http/server/http";

/** Sets where deliveries are taken from: `{ ranges }`, addresses or CIDR ranges; none: from anywhere. */
export async function PUT(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "credentials.manage");
  if (refused) return refused;
  const body = await readJson(request, addressChangeSchema);
  if (body.refused) return body.refused;
  await setWebhookAddresses(db, body.value.ranges, auditedBy(actor, request));
  return new Response(null, { status: 204 });
}
