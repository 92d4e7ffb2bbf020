import { eq, inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import { routing } from "@/db/schema/routing";
import type { Routing, VersionedRouting } from "@/lib/routing/routing";

/** The conversation data that routing needs; `answer` is the conversation's own, as stored. */
export interface RoutedConversation {
  context: Record<string, unknown>;
  answer: unknown;
}

/**
 * Reads what routing needs of some conversations, in the given order; null for an unknown one.
 *
 * @param ids uuids in lower case
 */
export async function readRouted(
  db: Pick<Database, "select">,
  ids: readonly string[],
): Promise<(RoutedConversation | null)[]> {
  const rows = await db
    .select({ id: conversations.id, context: conversations.context, answer: conversations.answer })
    .from(conversations)
    .where(inArray(conversations.id, [...new Set(ids)]));
  const found = new Map(rows.map(({ id, ...conversation }) => [id, conversation]));
  return ids.map((id) => found.get(id) ?? null);
}

const none: VersionedRouting = {
  version: 0,
  rules: [],
  defaultAnswer: null,
  changedBy: null,
  changedAt: null,
};

/** The rules in force and who last changed them; version 0 before the first change. */
export async function readRouting(db: Pick<Database, "select">): Promise<VersionedRouting> {
  const [row] = await db
    .select({
      version: routing.version,
      rules: routing.rules,
      defaultAnswer: routing.defaultAnswer,
      changedBy: routing.changedBy,
      changedAt: routing.changedAt,
    })
    .from(routing);
  return row ? { ...row, changedAt: row.changedAt.toISOString() } : none;
}

/** Sets the rules in one statement, unless they have changed since `version`. Returns the new version, or null. */
export async function writeRouting(
  db: Pick<Database, "insert" | "update">,
  { rules, defaultAnswer }: Routing,
  version: number,
  changedBy: string,
): Promise<number | null> {
  const row = { rules, defaultAnswer, changedBy, version: version + 1, changedAt: sql`now()` };
  const [written] =
    version === 0
      ? await db.insert(routing).values(row).onConflictDoNothing().returning({ version: routing.version })
      : await db
          .update(routing)
          .set(row)
          .where(eq(routing.version, version))
          .returning({ version: routing.version });
  return written?.version ?? null;
}
