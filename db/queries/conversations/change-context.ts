import "server-only";
import { isDeepStrictEqual } from "node:util";
import { and, eq, lte } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type ConversationRow, conversations, conversationVersions } from "@/db/schema/conversations";
import { listChanges, validateContext } from "@/lib/conversations/context";
import { contextLimits } from "@/lib/conversations/conversation";
import type { ContextChange, ContextWriter, VersionKind } from "@/lib/conversations/versions";
import { madeByFirstEvent } from "@/lib/conversations/versions";

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** The context that is to be, and how it came about. */
interface Next {
  kind: VersionKind;
  context: unknown;
  restored?: number;
}

interface Wish {
  conversationId: string;
  by: ContextWriter;
  ifVersion: number | undefined;
  mayMake?: boolean | undefined;
  /** From what there is to what is to be; null: it cannot be found. */
  make: (now: ConversationRow, tx: Transaction) => Promise<Next | null>;
}

/** How many of the places a change touched are kept by name. */
const mostNames = 20;

/**
 * Changes a conversation's context and keeps the version. The conversation's row is the lock: of many at once each sees
 * what the one before has left.
 */
export function changeContext(db: Pick<Database, "transaction">, wish: Wish): Promise<ContextChange> {
  return db.transaction(async (tx) => {
    const { conversationId } = wish;
    if (wish.mayMake) await tx.insert(conversations).values({ id: conversationId }).onConflictDoNothing();
    const [now] = await tx
      .select()
      .from(conversations)
      .where(eq(conversations.id, conversationId))
      .for("no key update");
    if (!now) return { outcome: "unknown" };
    const { context, version } = now;
    if (wish.ifVersion !== undefined && wish.ifVersion !== version)
      return { outcome: "conflict", context, version };

    const next = await wish.make(now, tx);
    if (!next) return { outcome: "unknown" };
    const why = validateContext(next.context);
    if (why) return { outcome: "invalid", why };
    // The judge has seen that it is an object.
    const wanted = next.context as Record<string, unknown>;
    if (isDeepStrictEqual(wanted, context)) return { outcome: "unchanged", context, version };
    await keep(tx, now, wish.by, { ...next, context: wanted });
    return { outcome: "changed", context: wanted, version: version + 1 };
  });
}

async function keep(
  tx: Transaction,
  now: ConversationRow,
  by: ContextWriter,
  { kind, context, restored }: Next & { context: Record<string, unknown> },
): Promise<void> {
  const { id: conversationId } = now;
  const version = now.version + 1;
  const changed = listChanges(now.context, context)
    .slice(0, mostNames)
    .map(({ path }) => path.join("."));
  await tx.update(conversations).set({ context, version }).where(eq(conversations.id, conversationId));
  await tx
    .insert(conversationVersions)
    .values([
      { conversationId, ...madeByFirstEvent(now) },
      { conversationId, version, context, kind, by, changed, restored },
    ])
    .onConflictDoNothing();
  await tx
    .delete(conversationVersions)
    .where(
      and(
        eq(conversationVersions.conversationId, conversationId),
        lte(conversationVersions.version, version - contextLimits.versions),
      ),
    );
}
