import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/newest-first";
import { calls } from "@/db/schema/calls";

/** More callers than this are not told apart. */
const mostNames = 20;

/** The names of who has called a conversation lately: to be hidden wherever its context says them. */
export async function listCallerNames(db: Pick<Database, "select">, uuid: string): Promise<string[]> {
  const rows = await db
    .select({ name: calls.customerName })
    .from(calls)
    .where(and(eq(calls.conversationId, uuid), isNotNull(calls.customerName)))
    .orderBy(newestFirst(calls.createdAt))
    .limit(mostNames);
  return [...new Set(rows.flatMap(({ name }) => name ?? []))];
}
