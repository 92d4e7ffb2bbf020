import "server-only";
import type { Database } from "@/db/client";
import { getConversation } from "@/db/queries/conversations/get-conversation";
import { listCallerNames } from "@/db/queries/conversations/list-caller-names";
import { isMaskedFor } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { maskRecord, maskText } from "@/lib/calls/mask";
import type { ConversationDetail } from "@/lib/conversations/conversation";
import { toVapiBlock } from "@/lib/conversations/conversation";
import { env } from "@/lib/env";

/** One conversation as somebody may see it; null when there is none. @param uuid a UUID */
export async function viewConversation(
  db: Pick<Database, "select">,
  viewer: { role: Role },
  uuid: string,
): Promise<ConversationDetail | null> {
  const found = await getConversation(db, uuid);
  if (!found) return null;
  const webhookUrl = `${env.APP_URL}/api/webhook/${found.uuid}`;
  const detail = { ...found, webhookUrl, vapi: toVapiBlock(webhookUrl) };
  if (!isMaskedFor(viewer)) return detail;
  const names = await listCallerNames(db, uuid);
  const { name, context } = detail;
  return { ...detail, name: name && maskText(name, names), context: maskRecord(context, names) };
}
