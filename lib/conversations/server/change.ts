import "server-only";
import { randomUUID } from "node:crypto";
import { apply } from "json-merge-patch";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { changeContext } from "@/db/queries/conversations/change-context";
import { findVersion, insertConversation, updateConversation } from "@/db/queries/conversations/versions";
import type { By } from "@/lib/audit/audit";
import { validateContext } from "@/lib/conversations/context";
import type { ConversationPatch, NewConversation } from "@/lib/conversations/conversation";
import type { ContextChange, ContextWriter } from "@/lib/conversations/versions";

interface Patch {
  conversationId: string;
  /** An RFC 7396 merge patch: null takes a key away, an object goes into the one that is there, all else replaces. */
  patch: unknown;
  by: ContextWriter;
  /** Only if this is still the version; otherwise `conflict`. */
  ifVersion?: number;
  /** Makes the conversation if there is none: a tool may be asked before the event that asks it is recorded. */
  mayMake?: boolean;
}

/**
 * Merges a patch into a conversation's context. Of many at once none loses a key: they queue at the conversation's row.
 * Also within a transaction. Whoever has changed something tells open pages of it once it is kept (publish-context.ts).
 */
export async function patchContext(
  db: Pick<Database, "transaction">,
  { conversationId, patch, by, ifVersion, mayMake }: Patch,
): Promise<ContextChange> {
  const why = validateContext(patch);
  if (why) return { outcome: "invalid", why };
  return changeContext(db, {
    conversationId,
    by,
    ifVersion,
    mayMake,
    // The library writes into what it is given.
    make: async ({ context }) => ({ kind: "patched", context: apply(structuredClone(context), patch) }),
  });
}

interface Replacement {
  conversationId: string;
  context: unknown;
  by: ContextWriter;
  /** Only if this is still the version; otherwise `conflict`. */
  ifVersion?: number;
}

/** Puts a whole new context in place of the one a conversation has. */
export function replaceContext(
  db: Pick<Database, "transaction">,
  { conversationId, context, by, ifVersion }: Replacement,
): Promise<ContextChange> {
  return changeContext(db, {
    conversationId,
    by,
    ifVersion,
    make: async () => ({ kind: "replaced", context }),
  });
}

interface Wish {
  conversationId: string;
  patch: ConversationPatch;
  writer: ContextWriter;
  ifVersion: number | undefined;
}

/** Changes a conversation's name, own answer and context in one go, or nothing of it; and says so in the audit log. */
export function changeConversation(
  db: Database,
  { conversationId, patch, writer, ifVersion }: Wish,
  by: By,
): Promise<ContextChange> {
  const { name, answer, context } = patch;
  const about = { conversationId, by: writer, ...(ifVersion !== undefined && { ifVersion }) };
  return db.transaction(async (tx) => {
    // A patch of nothing changes nothing, and still takes the lock and looks at the version.
    const change =
      context === null
        ? await replaceContext(tx, { ...about, context: {} })
        : await patchContext(tx, { ...about, patch: context ?? {} });
    if (change.outcome !== "changed" && change.outcome !== "unchanged") return change;
    if (name !== undefined || answer !== undefined) {
      const columns = {
        ...(name !== undefined && { name: name || null }),
        ...(answer !== undefined && { answer }),
      };
      await updateConversation(tx, conversationId, columns);
    }
    const what = Object.keys(patch).join(", ");
    if (what) {
      const detail = { what, version: String(change.version) };
      await recordAudit(tx, { ...by, action: "conversation.changed", target: conversationId, detail });
    }
    return change;
  });
}

export type Creation =
  | { outcome: "created"; uuid: string }
  /** The uuid is in use. */
  | { outcome: "taken" }
  | { outcome: "invalid"; why: string };

/** Makes a conversation. Those nobody makes are made by the first event that comes to their URL. */
export async function createConversation(
  db: Database,
  { uuid = randomUUID(), name, answer, context = {} }: NewConversation,
  writer: ContextWriter,
  by: By,
): Promise<Creation> {
  const why = validateContext(context);
  if (why) return { outcome: "invalid", why };
  // The judge has seen that it is an object.
  const first = context as Record<string, unknown>;
  return db.transaction(async (tx) => {
    const made = { id: uuid, name: name || null, answer, context: first };
    if (!(await insertConversation(tx, made, writer))) return { outcome: "taken" };
    await recordAudit(tx, { ...by, action: "conversation.created", target: uuid });
    return { outcome: "created", uuid };
  });
}

interface Restoration {
  conversationId: string;
  /** The version whose context is wanted back. It becomes a new version: nothing of what came since is lost. */
  version: number;
  by: ContextWriter;
  /** Only if this is still the version; otherwise `conflict`. */
  ifVersion?: number;
}

/** Gives a conversation the context of an earlier version again. `unknown` also where that version is not kept. */
export function restoreContext(
  db: Pick<Database, "transaction">,
  { conversationId, version, by, ifVersion }: Restoration,
): Promise<ContextChange> {
  return changeContext(db, {
    conversationId,
    by,
    ifVersion,
    make: async (_, tx) => {
      const found = await findVersion(tx, conversationId, version);
      return found && { kind: "restored", context: found.context, restored: version };
    },
  });
}

/** Changes a context, and says so in the audit log; or neither. @param what how the log names it */
export function setContext(
  db: Database,
  conversationId: string,
  change: (tx: Pick<Database, "transaction">) => Promise<ContextChange>,
  { what, by }: { what: string; by: By },
): Promise<ContextChange> {
  return db.transaction(async (tx) => {
    const done = await change(tx);
    if (done.outcome !== "changed") return done;
    const detail = { what, version: String(done.version) };
    await recordAudit(tx, { ...by, action: "conversation.changed", target: conversationId, detail });
    return done;
  });
}
