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

/** The new context and its origin. */
interface Next {
  kind: VersionKind;
  context: unknown;
  restored?: number;
}

export type Facts = Partial<Pick<ConversationRow, "name" | "answer">>;

interface Wish {
  conversationId: string;
  by: ContextWriter;
  ifVersion?: number | undefined;
  mayMake?: boolean | undefined;
  /** Name and answer to set with it. */
  facts?: Facts | undefined;
  /** Makes the new context from the current one; null: not found. */
  make: (now: ConversationRow, tx: Transaction) => Promise<Next | null>;
}

/** Number of changed paths stored by name. */
const mostNames = 20;

/** How the history names a change of them. */
const factLabels = { name: "conversation name", answer: "answering assistant" } as const;

/**
 * Changes a conversation's context, name and answer, and stores the version. The conversation's row is the lock, so concurrent
 * changes apply one after the other.
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
    // Validation has ensured that it is an object.
    const wanted = next.context as Record<string, unknown>;
    const facts = { name: now.name, answer: now.answer, ...wish.facts };
    const changed = listChanged(now, { ...facts, context: wanted });
    if (changed.length === 0 && isDeepStrictEqual(wanted, context))
      return { outcome: "unchanged", context, version };
    await keep(tx, now, wish.by, { ...next, ...facts, context: wanted, changed });
    return { outcome: "changed", context: wanted, version: version + 1 };
  });
}

type State = Pick<ConversationRow, "name" | "answer" | "context">;

function listChanged(now: State, next: State): string[] {
  const paths = listChanges(now.context, next.context).map(({ path }) => path.join("."));
  const facts = (["name", "answer"] as const).filter((fact) => !isDeepStrictEqual(now[fact], next[fact]));
  return [...facts.map((fact) => factLabels[fact]), ...paths];
}

async function keep(
  tx: Transaction,
  now: ConversationRow,
  by: ContextWriter,
  { kind, restored, changed, ...state }: Next & State & { changed: string[] },
): Promise<void> {
  const { id: conversationId } = now;
  const version = now.version + 1;
  const { context } = state;
  await tx
    .update(conversations)
    .set({ ...state, version })
    .where(eq(conversations.id, conversationId));
  await tx
    .insert(conversationVersions)
    .values([
      { conversationId, ...madeByFirstEvent(now) },
      { conversationId, version, context, kind, by, changed: changed.slice(0, mostNames), restored },
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
