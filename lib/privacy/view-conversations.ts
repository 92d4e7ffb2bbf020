import "server-only";
import type { Database } from "@/db/client";
import { listCallerNamesOf } from "@/db/queries/conversations/list-caller-names";
import { listConversations } from "@/db/queries/conversations/list-conversations";
import { isMaskedFor } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { maskText } from "@/lib/calls/mask";
import type { ConversationFilter, ConversationList } from "@/lib/conversations/conversation";

/** A page of conversations as somebody may see them: what may not be seen cannot be searched for either. */
export async function viewConversations(
  db: Database,
  viewer: { role: Role },
  filter: ConversationFilter,
): Promise<ConversationList> {
  const isMasked = isMaskedFor(viewer);
  const page = await listConversations(db, filter, { isMasked });
  if (!isMasked) return page;
  const names = await listCallerNamesOf(
    db,
    page.conversations.map(({ uuid }) => uuid),
  );
  const masked = page.conversations.map(({ name, ...rest }) => ({
    ...rest,
    name: name && maskText(name, names.get(rest.uuid)),
  }));
  return { ...page, conversations: masked };
}
