import "server-only";
import { and, desc, eq, ilike, isNotNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/rows";
import { calls } from "@/db/schema/calls";
import { conversations, conversationVersions } from "@/db/schema/conversations";
import { findDirection } from "@/lib/calls/call";
import type {
  ConversationDetail,
  ConversationFilter,
  ConversationList,
  ConversationSummary,
} from "@/lib/conversations/conversation";

/** A conversation's context at a moment; null if no version that old is stored. */
export async function findContextAt(
  db: Pick<Database, "select">,
  conversationId: string,
  at: Date,
): Promise<{ version: number; context: Record<string, unknown> } | null> {
  const { version, context } = conversationVersions;
  const [row] = await db
    .select({ version, context })
    .from(conversationVersions)
    .where(and(eq(conversationVersions.conversationId, conversationId), lte(conversationVersions.at, at)))
    .orderBy(desc(version))
    .limit(1);
  return row ?? null;
}

/** The columns of a summary. */
const conversationColumns = {
  uuid: conversations.id,
  name: conversations.name,
  version: conversations.version,
  answer: conversations.answer,
  createdAt: conversations.createdAt,
  lastCallAt: conversations.lastCallAt,
  // Written out, because Drizzle drops the table's name when a select has only one table.
  calls: sql<number>`(select count(*)::int from ${calls} as c where c.conversation_id = ${conversations}.id)`,
};

type Row = Omit<ConversationSummary, "createdAt" | "activeAt"> & { createdAt: Date; lastCallAt: Date | null };

export function toConversation({ createdAt, lastCallAt, ...row }: Row): ConversationSummary {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    activeAt: (lastCallAt ?? createdAt).toISOString(),
  };
}

/**
 * A conversation with its context, or null.
 * @param uuid a UUID
 */
export async function getConversation(
  db: Pick<Database, "select">,
  uuid: string,
): Promise<Omit<ConversationDetail, "webhookUrl" | "vapi"> | null> {
  const [row] = await db
    .select({ ...conversationColumns, context: conversations.context })
    .from(conversations)
    .where(eq(conversations.id, uuid));
  if (!row) return null;
  const { context, ...summary } = row;
  return { ...toConversation(summary), context };
}

/** Number of recent calls searched for names, per conversation. */
const mostNames = 20;

/** Names of each conversation's recent callers. */
export async function listCallerNamesOf(
  db: Pick<Database, "execute">,
  uuids: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await db.execute<{ uuid: string; names: string[] }>(sql`
    select uuid, jsonb_agg(distinct name) as names
    from jsonb_array_elements_text(${JSON.stringify(uuids)}::jsonb) as asked (uuid)
    cross join lateral (
      select ${calls.customerName} as name from ${calls}
      where ${calls.conversationId} = uuid::uuid and ${calls.customerName} is not null
      order by ${newestFirst(calls.createdAt)} limit ${mostNames}
    ) as lately
    group by uuid
  `);
  return new Map(rows.map(({ uuid, names }) => [uuid, names]));
}

/** Names of a conversation's recent callers, to be masked wherever its context contains them. */
export async function listCallerNames(db: Pick<Database, "select">, uuid: string): Promise<string[]> {
  const rows = await db
    .select({ name: calls.customerName })
    .from(calls)
    .where(and(eq(calls.conversationId, uuid), isNotNull(calls.customerName)))
    .orderBy(newestFirst(calls.createdAt))
    .limit(mostNames);
  return [...new Set(rows.flatMap(({ name }) => name ?? []))];
}

/** The newest call of a conversation in a list. */
const newestCall = sql<{
  customerName: string | null;
  customerNumber: string | null;
  type: string | null;
} | null>`(
  select jsonb_build_object('customerName', c.customer_name, 'customerNumber', c.customer_number, 'type', c.type)
  from ${calls} as c where c.conversation_id = ${conversations}.id order by c.created_at desc nulls last, c.id limit 1)`;

const { id, name, context, createdAt, lastCallAt } = conversations;
const activeAt = sql`coalesce(${lastCallAt}, ${createdAt})`;

/**
 * Conversations, most recently active first, in keyset pages, so that every page costs the same.
 * @param isMasked excludes masked data from the search
 */
export async function listConversations(
  db: Database,
  { q, cursor, limit }: ConversationFilter,
  { isMasked = false } = {},
): Promise<ConversationList> {
  const rows = await db
    .select({ ...conversationColumns, newestCall })
    .from(conversations)
    .where(and(q ? matches(q, isMasked) : undefined, cursor && startsAfter(cursor)))
    .orderBy(sql`${activeAt} desc`, id)
    .limit(limit + 1);
  const page = rows.slice(0, limit).map(({ newestCall: call, ...row }) => ({
    ...toConversation(row),
    newestCall: call && {
      customerName: call.customerName,
      customerNumber: call.customerNumber,
      direction: findDirection(call.type),
    },
  }));
  const last = page.at(-1);
  return {
    conversations: page,
    nextCursor: rows.length > limit && last ? `${Date.parse(last.activeAt)}_${last.uuid}` : null,
  };
}

function matches(q: string, isMasked: boolean): SQL | undefined {
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const isUuid = sql`${id}::text ilike ${pattern}`;
  return isMasked ? isUuid : or(isUuid, ilike(name, pattern), sql`${context}::text ilike ${pattern}`);
}

function startsAfter(cursor: NonNullable<ConversationFilter["cursor"]>): SQL {
  const at = sql.param(cursor.activeAt, createdAt);
  return sql`(${activeAt} < ${at} or (${activeAt} = ${at} and ${id} > ${cursor.uuid}))`;
}

/** A conversation's shared context; empty for an unknown conversation. */
export async function readContext(
  db: Pick<Database, "select">,
  id: string,
): Promise<Record<string, unknown>> {
  const [row] = await db
    .select({ context: conversations.context })
    .from(conversations)
    .where(eq(conversations.id, id));
  return row?.context ?? {};
}
