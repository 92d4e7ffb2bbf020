import "server-only";
import { randomUUID } from "node:crypto";
import { apply } from "json-merge-patch";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { changeContext, type Facts } from "@/db/queries/conversations/change-context";
import { findVersion, insertConversation } from "@/db/queries/conversations/versions";
import type { By } from "@/lib/audit/audit";
import { validateContext } from "@/lib/conversations/context";
import type { ConversationPatch, NewConversation } from "@/lib/conversations/conversation";
import type { ContextChange, ContextWriter } from "@/lib/conversations/versions";

interface Patch {
  conversationId: string;
  /** An RFC 7396 merge patch: null removes a key, an object is merged into the existing one, anything else replaces. */
  patch: unknown;
  by: ContextWriter;
  /** Required current version; otherwise the outcome is `conflict`. */
  ifVersion?: number;
  /** Creates the conversation if it does not exist: a tool may run before the event that calls it is recorded. */
  mayMake?: boolean;
  /** Name and answer to set with it. */
  facts?: Facts;
}

/**
 * Merges a patch into a conversation's context. Concurrent patches wait for the row lock, so none loses a key. Can run
 * inside a transaction. The caller notifies open pages once the change is committed (lib/realtime/server/publish.ts).
 */
export async function patchContext(
  db: Pick<Database, "transaction">,
  { patch, ...about }: Patch,
): Promise<ContextChange> {
  const why = validateContext(patch);
  if (why) return { outcome: "invalid", why };
  return changeContext(db, {
    ...about,
    // The library modifies its input.
    make: async ({ context }) => ({ kind: "patched", context: apply(structuredClone(context), patch) }),
  });
}

interface Replacement {
  conversationId: string;
  context: unknown;
  by: ContextWriter;
  /** Required current version; otherwise the outcome is `conflict`. */
  ifVersion?: number;
  /** Name and answer to set with it. */
  facts?: Facts;
}

/** Replaces a conversation's whole context. */
export function replaceContext(
  db: Pick<Database, "transaction">,
  { context, ...about }: Replacement,
): Promise<ContextChange> {
  return changeContext(db, { ...about, make: async () => ({ kind: "replaced", context }) });
}

interface Wish {
  conversationId: string;
  patch: ConversationPatch;
  writer: ContextWriter;
  ifVersion: number | undefined;
}

/** Changes a conversation's name, own answer and context in one transaction, and records it in the audit log. */
export function changeConversation(
  db: Database,
  { conversationId, patch, writer, ifVersion }: Wish,
  by: By,
): Promise<ContextChange> {
  const { name, answer, context } = patch;
  const facts = {
    ...(name !== undefined && { name: name || null }),
    ...(answer !== undefined && { answer }),
  };
  const about = { conversationId, by: writer, facts, ...(ifVersion !== undefined && { ifVersion }) };
  return db.transaction(async (tx) => {
    // An empty patch changes nothing but still takes the lock and checks the version.
    const change =
      context === null
        ? await replaceContext(tx, { ...about, context: {} })
        : await patchContext(tx, { ...about, patch: context ?? {} });
    if (change.outcome !== "changed" && change.outcome !== "unchanged") return change;
    const what = Object.keys(patch).join(", ");
    if (what) {
      const detail = { what, version: String(change.version) };
      await recordAudit(tx, { ...by, action: "conversation.changed", target: conversationId, detail });
    }
    return change;
  });
}

type Creation =
  | { outcome: "created"; uuid: string }
  /** The uuid is in use. */
  | { outcome: "taken" }
  | { outcome: "invalid"; why: string };

/** Creates a conversation. Without this, the first event sent to its URL creates it. */
export async function createConversation(
  db: Database,
  { uuid = randomUUID(), name, answer, context = {} }: NewConversation,
  writer: ContextWriter,
  by: By,
): Promise<Creation> {
  const why = validateContext(context);
  if (why) return { outcome: "invalid", why };
  // validateContext has checked that it is an object.
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
  /** The version to restore. Its context becomes a new version, so later versions are kept. */
  version: number;
  by: ContextWriter;
  /** Required current version; otherwise the outcome is `conflict`. */
  ifVersion?: number;
}

/** Restores the context of an earlier version. The outcome is `unknown` also if that version is no longer stored. */
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

/** Changes a context and records it in the audit log, in one transaction. @param what the log's name for the change */
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
